import { describe, expect, it } from 'vitest';
import { networkOf } from '#server/viewers/request-context.ts';

describe('what limits count as one address', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:0:1::1', '2001:db8:0:1::/64'],
    // As some proxies write it: with the port of each connection.
    ['203.0.113.7:50123', '203.0.113.7'],
    ['[2001:db8:0:1::1]:443', '2001:db8:0:1::/64'],
    ['[2001:db8:0:1::1]', '2001:db8:0:1::/64'],
    ['[::ffff:203.0.113.7]:443', '203.0.113.7'],
  ])('%s counts as %s', (told, counted) => {
    expect(networkOf(told)).toBe(counted);
  });

  it.each([
    'unknown',
    '_hidden7',
    '',
    'a.example',
    'a.example:50123',
    '203.0.113.7:',
    '203.0.113.7:x1',
    '300.0.113.7:1',
    '[2001:db8::1',
    '[2001:db8::1]x',
    '[203.0.113.7]:1:2',
    '2001:db8:0:1:2:3:4:5:50123',
  ])('%j is no address, and counts with all others that are none', (told) => {
    expect(networkOf(told)).toBe('unknown');
  });
});
