import { join } from 'node:path';
import { expect, it } from 'vitest';
import { PEOPLE } from '#emulator/campus/people.ts';
import { openKioskRegistry } from '#server/kiosks/registry.ts';
import { Browser } from './browser.ts';
import { comeBack, startSignInRelay } from './relay.ts';

const STAFF = PEOPLE.staff.fields.card_number;

it('tells the trail who signed in, out and enrolled, and who was refused', async () => {
  const { url, folder, emulator, trail, signIn } = await startSignInRelay();
  const browser = await signIn(STAFF);
  await browser.post(`${url}/auth/logout`);

  emulator.change({ faults: [{ endpoint: 'userToken', kind: 'errcode', errcode: 40003 }] });
  const refused = new Browser();
  await refused.get(await comeBack(refused, url, STAFF));

  const code = await openKioskRegistry(join(folder, 'kiosks.json'), Date.now).makeCode('');
  await new Browser().post(`${url}/api/kiosk/enrol`, { code: 'WRONG' });
  await new Browser().post(`${url}/api/kiosk/enrol`, { code });

  const [kiosk] = await openKioskRegistry(join(folder, 'kiosks.json'), Date.now).list();
  expect(trail.records.map(({ event, outcome, kind, viewer }) => [event, outcome, kind, viewer])).toEqual([
    ['sign-in', 'ok', 'staff', STAFF],
    ['sign-out', 'ok', 'staff', STAFF],
    ['sign-in', 'signed-out', undefined, undefined],
    ['enrol', 'forbidden', undefined, undefined],
    ['enrol', 'ok', 'kiosk', kiosk?.id],
  ]);
});
