import { describe, expect, it } from 'vitest';
import { decideReconnect } from '../../../src/channels/whatsapp/reconnect.js';

describe('after the connection closed', () => {
  it.each<[string, number | null, number, object]>([
    ['logged out on the phone', 401, 0, { action: 'repair', status: 'logged_out' }],
    ['logged out otherwise', 406, 0, { action: 'repair', status: 'logged_out' }],
    ['not a linked device', 411, 0, { action: 'repair', status: 'device_mismatch' }],
    ['banned', 403, 0, { action: 'stop', status: 'banned' }],
    ['banned for a time', 402, 5, { action: 'stop', status: 'banned_for_now' }],
    ['replaced by another program', 440, 0, { action: 'stop', status: 'replaced' }],
    ['the restart after linking: at once', 515, 0, { action: 'reconnect', afterMs: 0 }],
    ['a restart again and again: no longer at once', 515, 2, { action: 'reconnect', afterMs: 4000 }],
    ['this client is too old', 405, 0, { action: 'reconnect', afterMs: 600_000, status: 'client_outdated' }],
    ['the line was lost', 408, 0, { action: 'reconnect', afterMs: 1000 }],
    ['closed by the server', 428, 1, { action: 'reconnect', afterMs: 2000 }],
    ['a fault there', 500, 3, { action: 'reconnect', afterMs: 8000 }],
    ['not available', 503, 20, { action: 'reconnect', afterMs: 60_000 }],
    ['no reason at all', null, 0, { action: 'reconnect', afterMs: 1000, status: 'unreachable' }],
  ])('%s', (_, code, attempt, expected) => {
    expect(decideReconnect(code, attempt, 0)).toMatchObject(expected);
  });

  it('spreads the tries by chance, by up to half of the wait', () => {
    expect(decideReconnect(408, 3, 0.999).afterMs).toBeGreaterThanOrEqual(4000);
    expect(decideReconnect(408, 3, 0.5).afterMs).toBe(6000);
  });
});
