import { describe, expect, test } from 'vitest';
import type { ChannelName } from '../../src/domain/message.js';
import { hasServiceWindow, serviceWindowEnd, serviceWindowOpen } from '../../src/domain/service-window.js';
import { DAY, HOUR } from '../../src/domain/time.js';

const WROTE = Date.parse('2026-11-23T09:00:00+08:00');

describe('the window in which free text may be sent', () => {
  test.each<[ChannelName, boolean]>([
    ['whatsapp_cloud', true],
    ['whatsapp', false],
    ['telegram', false],
    ['web', false],
    ['console', false],
  ])('%s has one: %s', (channel, has) => {
    expect(hasServiceWindow(channel)).toBe(has);
    expect(serviceWindowEnd(channel, WROTE)).toBe(has ? WROTE + DAY : null);
    expect(serviceWindowOpen(channel, WROTE, WROTE + 30 * DAY)).toBe(!has);
  });

  test.each([
    ['at the message itself', 0, true],
    ['an hour later', HOUR, true],
    ['a millisecond before the day is over', DAY - 1, true],
    ['when the day is over', DAY, false],
    ['later', 2 * DAY, false],
  ])('on the Cloud API, %s', (_, after, open) => {
    expect(serviceWindowOpen('whatsapp_cloud', WROTE, WROTE + after)).toBe(open);
  });
});
