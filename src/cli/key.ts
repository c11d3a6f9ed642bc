/**
 * `npm run -s key -- change`: seals everything anew with another SECRET_KEY, while no server runs. The former key
 * stands in SECRET_KEY_PREVIOUS; without SECRET_KEY the file beside the embedded database gets a new one.
 */
import { loadEnvironment, readConfig } from '../config.js';
import { changeSecretKey } from '../running/change-secret-key.js';
import { openFilledStore } from '../running/filled-store.js';
import { keyChange } from '../running/secret-key.js';
import { runCommand } from './run-command.js';

const USAGE = `npm run -s key -- change
  SECRET_KEY is the new key and SECRET_KEY_PREVIOUS the former one; without SECRET_KEY data/secret.key is made anew.
`;

await runCommand(USAGE, async ([command, ...rest]) => {
  if (command !== 'change' || rest.length > 0) return null;
  const config = readConfig(loadEnvironment());
  const change = keyChange(config);
  const store = await openFilledStore(config);
  try {
    const changed = await changeSecretKey(store, change, Date.now());
    process.stdout.write(
      changed === null
        ? 'Nothing to do: the database is used with the new key already.\n'
        : `Sealed anew: ${changed.credentials} secrets of channels, second factors of ${changed.secondFactors} members of staff. Staff sign in again.\n`,
    );
    process.stdout.write('Keep the new key where the former one was kept, and take SECRET_KEY_PREVIOUS away.\n');
  } finally {
    await store.close();
  }
  return 0;
});
