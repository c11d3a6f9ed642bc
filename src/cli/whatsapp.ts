/** `npm run -s whatsapp -- link | import-auth FOLDER | status | forget`: pairs a device, takes a session over, tells how it stands, drops it. */
import { setTimeout as pause } from 'node:timers/promises';
import { buildApp } from '../app.js';
import { realTiming } from '../channels/real-timing.js';
import { markKey } from '../channels/vault-key.js';
import { createVault, importAuthFolder, openSession } from '../channels/whatsapp/index.js';
import { type Config, loadEnvironment, readConfig } from '../config.js';
import { configuredChannels } from '../configured-channels.js';
import { AppError } from '../errors.js';
import { createLog } from '../log.js';
import type { Store } from '../ports/store.js';
import { openFilledStore } from '../running/filled-store.js';
import { proveSecretKey, secretKey } from '../running/secret-key.js';
import { runCommand } from './run-command.js';
import { showPairing } from './show-pairing.js';

const USAGE = 'Usage: npm run -s whatsapp -- link | import-auth FOLDER | status | forget\n';

/** A session has one writer: whoever holds the channel's lease. */
async function refuseWhileServed(store: Store): Promise<void> {
  if ((await store.leases.holder('channel/whatsapp', Date.now())) === null) return;
  throw new AppError('INPUT_INVALID', 'A running server holds the WhatsApp session. Stop it first.');
}

async function link(config: Config): Promise<void> {
  const withBaileys = {
    ...config,
    telegram: null,
    cloud: null,
    baileys: config.baileys ?? { wsUrl: null, pairingPhone: null },
  };
  const store = await openFilledStore(config);
  await refuseWhileServed(store);
  await proveSecretKey(config, store, Date.now());
  const { channels } = await configuredChannels({
    config: withBaileys,
    timing: realTiming,
    credentials: store.credentials,
    secretKey: () => secretKey(config),
    showPairing,
  });
  const app = await buildApp(withBaileys, createLog('silent'), { channels, store, withoutWeb: true });
  await app.start();
  for (;;) {
    const state = channels[0]?.status();
    if (state?.state === 'up') break;
    if (state?.state === 'stopped')
      throw new AppError('CHANNEL_UNREACHABLE', `WhatsApp ended the session (${state.detail ?? 'no reason given'})`);
    await pause(250);
  }
  process.stdout.write('Linked. Start the server with WHATSAPP_BAILEYS=on.\n');
  await app.stop();
}

async function importAuth(config: Config, folder: string): Promise<void> {
  const store = await openFilledStore(config);
  try {
    await refuseWhileServed(store);
    await proveSecretKey(config, store, Date.now());
    const { keys, passedOver } = await importAuthFolder(
      folder,
      createVault(store.credentials, secretKey(config), Date.now),
    );
    const counts = Object.entries(keys).map(([kind, count]) => `${count} ${kind}`);
    process.stdout.write(
      counts.length > 0
        ? `Session taken over: ${counts.join(', ')}.\n`
        : 'Session taken over, but the folder holds no keys beside creds.json: the first messages may not be readable.\n',
    );
    if (passedOver.length > 0) process.stdout.write(`Passed over (no keys): ${passedOver.join(', ')}\n`);
  } finally {
    await store.close();
  }
}

async function status(config: Config): Promise<void> {
  const store = await openFilledStore(config);
  try {
    const session = await openSession(createVault(store.credentials, secretKey(config), Date.now));
    const served = (await store.leases.holder('channel/whatsapp', Date.now())) !== null;
    process.stdout.write(
      `${session.linked ? 'linked' : 'not linked'}, ${served ? 'served by a running server' : 'no server runs it'}\n`,
    );
  } finally {
    await store.close();
  }
}

/** Throws away what a lost SECRET_KEY had sealed: nothing of it can be read any more, and the device is linked anew. */
async function forget(config: Config): Promise<void> {
  const store = await openFilledStore(config);
  try {
    await refuseWhileServed(store);
    await store.credentials.clear('');
    // From now on the store is used with the key that the settings name.
    await markKey(store.credentials, secretKey(config), Date.now());
    process.stdout.write('The saved WhatsApp session and addresses are gone. Link the device again.\n');
  } finally {
    await store.close();
  }
}

await runCommand(USAGE, async ([command, folder]) => {
  const config = readConfig(loadEnvironment());
  if (command === 'link') await link(config);
  else if (command === 'import-auth' && folder !== undefined) await importAuth(config, folder);
  else if (command === 'status') await status(config);
  else if (command === 'forget') await forget(config);
  else return null;
  return 0;
});
