// The whole server as it is built, on a clock that its parent sets: at the start and by a message, never by waiting.
import { buildApp } from '../../dist/src/app.js';
import { realTiming } from '../../dist/src/channels/real-timing.js';
import { readConfig } from '../../dist/src/config.js';
import { createLog } from '../../dist/src/log.js';

let shift = Number(process.env.CLOCK_AT) - Date.now();
process.on('message', ({ at }) => {
  shift = at - Date.now();
});
const timing = { ...realTiming, now: () => Date.now() + shift };
const app = await buildApp(readConfig(process.env), createLog(process.env.LOG_LEVEL ?? 'silent'), { timing });
await app.start();
process.on('SIGTERM', () => void app.stop().then(() => process.exit(0)));
