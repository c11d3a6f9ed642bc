// Plans one announcement in a process of its own and prints how long it took and the most memory, as JSON.

import { createHoursEngine } from '../../src/engines/hours/index.js';
import { advanceBroadcasts } from '../../src/services/plan-broadcast.js';
import { buildDirectory } from '../../src/store/directory.js';
import { openStore } from '../../src/store/open-store.js';
import { ANNOUNCEMENT } from './announcing-server.js';

const store = await openStore(process.argv[2]);
const world = { directory: buildDirectory(await store.data.snapshot(), createHoursEngine()) };
const { broadcasts, meta } = store;
const capabilities = {
  buttons: 0,
  buttonLabelLength: 0,
  listRows: 0,
  textLength: 4096,
  locationRequest: false,
  placeMessages: true,
  templates: false,
};
const channels = [{ name: 'telegram', capabilities }] as const;
const began = performance.now();
await advanceBroadcasts({ broadcasts, meta, channels, world: () => world, now: () => Date.now() });
const ms = performance.now() - began;
const status = (await broadcasts.find(ANNOUNCEMENT))?.status;
await store.close();
process.stdout.write(JSON.stringify({ ms, status, mb: Math.round(process.resourceUsage().maxRSS / 1024) }));
