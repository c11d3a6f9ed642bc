import { createMemoryStore } from '../../src/store/memory/index.js';
import { broadcastContract } from './broadcast-contract.js';
import { storeContract } from './contract.js';

storeContract('the store in memory', async () => createMemoryStore());
broadcastContract('announcements in memory', async () => createMemoryStore());
