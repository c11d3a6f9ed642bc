import { afterEach, expect, it, vi } from 'vitest';

const original = { info: console.info, warn: console.warn, error: console.error };
afterEach(() => Object.assign(console, original));

it('drops libsignal’s lines, which hold keys and addresses, and lets all others through', async () => {
  // It acts once in a process, and another file may have had it.
  vi.resetModules();
  const { quietLibsignal } = await import('../../../src/channels/whatsapp/silence.js');
  const written: unknown[][] = [];
  for (const level of ['info', 'warn', 'error'] as const) console[level] = (...parts) => void written.push(parts);
  quietLibsignal();
  quietLibsignal();
  console.info('Closing session:', { privKey: 'secret' });
  console.info('Opening session:', {});
  console.warn('Closing open session in favor of incoming prekey bundle');
  console.warn('Decrypted message with closed session.');
  console.error('Failed to decrypt message with any known session...');
  console.error('Session error:Error: Bad MAC', 'stack');
  console.info('Server ready', 3000);
  console.error(new Error('x').message);
  expect(written).toEqual([['Server ready', 3000], ['x']]);
});
