import { describe, expect, test } from 'vitest';
import { isReachable } from '#server/photos/address.ts';

const PUBLIC = ['8.8.8.8', '119.29.29.29', '::ffff:8.8.8.8', '2606:4700::1111', '2402:4e00::1'];

const CAMPUS = [
  '10.1.2.3',
  '172.16.0.1',
  '172.31.255.254',
  '192.168.1.1',
  '100.64.0.1',
  '127.0.0.1',
  '127.8.8.8',
].concat(['::1', 'fd00::1', 'fc00::1', '::ffff:10.0.0.1', '::ffff:7f00:1']);

const NOBODY = [
  '169.254.169.254',
  '169.254.0.23',
  '::ffff:169.254.169.254',
  '::ffff:a9fe:a9fe',
  'fe80::1',
  'fe80::1%eth0',
]
  .concat(['100.100.100.200', '168.63.129.16', '192.0.0.192', 'fd00:ec2::254', '::ffff:100.100.100.200'])
  .concat([
    '0.0.0.0',
    '::',
    '224.0.0.1',
    'ff02::1',
    '255.255.255.255',
    '240.0.0.1',
    '198.18.0.1',
    '192.0.2.1',
  ])
  .concat(['::7f00:1', '64:ff9b::7f00:1', '64:ff9b:1::1', '2002:7f00:1::', '2001:0:1::', '::ffff:0:7f00:1'])
  .concat(['fec0::1', '2001:db8::1', '4000::1', '', 'localhost', '127.0.0.1.', '1.2.3.4.5', 'nonsense']);

describe('isReachable', () => {
  test.each(PUBLIC)('lets anybody reach %s', (address) => {
    expect(isReachable(address, 'public')).toBe(true);
    expect(isReachable(address, 'campus')).toBe(true);
  });

  test.each(CAMPUS)('keeps %s for the host that the operator configured', (address) => {
    expect(isReachable(address, 'public')).toBe(false);
    expect(isReachable(address, 'campus')).toBe(true);
  });

  test.each(NOBODY)('keeps everybody from %s', (address) => {
    expect(isReachable(address, 'public')).toBe(false);
    expect(isReachable(address, 'campus')).toBe(false);
  });
});
