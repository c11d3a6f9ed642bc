import { emptyStores } from '../fakes/stores.js';
import { broadcastContract } from './broadcast-contract.js';
import { storeContract } from './contract.js';

for (const [, open] of await emptyStores(['PostgreSQL'])) {
  storeContract('the store on PostgreSQL', open);
  broadcastContract('announcements on PostgreSQL', open);
}
