import { emptySqlite } from '../fakes/stores.js';
import { broadcastContract } from './broadcast-contract.js';
import { storeContract } from './contract.js';

const open = await emptySqlite();
storeContract('the store on SQLite', open);
broadcastContract('announcements on SQLite', open);
