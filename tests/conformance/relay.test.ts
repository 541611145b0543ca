import { expect, it } from 'vitest';
import { emulatorFor, startRelay } from '#tests/server/support/relay.ts';
import { check, failures, notApplicable } from './support/check.ts';

it('the relay passes all that can be asked of it, and leaves the emulator as it was', async () => {
  const emulator = await emulatorFor(2000);
  emulator.change({ notGranted: 'null' });
  const before = emulator.settings;
  const { url } = await startRelay({ platform: emulator.url, variables: { SIGN_IN: 'none' } });
  const checked = await check(`${url}/api/members/search`, '--relay', '--emulator', emulator.url);
  expect(failures(checked)).toEqual([]);
  expect(checked.code).toBe(0);
  expect(notApplicable(checked)).toEqual([
    'request.signed-out',
    'origin.app',
    'token.answer',
    'token.origin',
  ]);
  expect(emulator.settings).toEqual(before);
});
