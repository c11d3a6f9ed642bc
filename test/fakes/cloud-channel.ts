import { type CloudChannel, type CloudSettings, createCloudChannel } from '../../src/channels/cloud/index.js';
import { heldTiming, WORDS } from '../channels/support.js';
import { type FakeCloud, startFakeCloud } from './cloud-server.js';
import { memoryCredentials } from './credential-store.js';

/** What signs the webhooks of the channel. */
export const CLOUD_SECRET = 'rahasia-aplikasi';

/** A Graph API server that knows the channel's number and token. */
export function cloudOfChannel(): Promise<FakeCloud> {
  return startFakeCloud({ path: '/v25.0/1001/messages', header: 'authorization', value: 'Bearer kunci' });
}

/** The Cloud API's channel against that server; `more` changes its settings. */
export function cloudChannel(cloud: FakeCloud, more: Partial<CloudSettings> = {}): CloudChannel {
  return createCloudChannel({
    token: 'kunci',
    phoneNumberId: '1001',
    appSecret: CLOUD_SECRET,
    verifyToken: 'token-verifikasi',
    graphUrl: `${cloud.root}/v25.0`,
    authHeader: null,
    credentials: memoryCredentials(),
    secretKey: 'kunci-rahasia-untuk-pengujian-saja',
    words: WORDS,
    timing: heldTiming(),
    ...more,
  });
}
