import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { PEOPLE } from '#emulator/campus/people.ts';
import { openKioskRegistry } from '#server/kiosks/registry.ts';
import { Browser } from './browser.ts';
import { comeBack, startSignInRelay } from './relay.ts';

const STAFF = PEOPLE.staff.fields.card_number;

it('tells the audit log who signed in, out and enrolled, and who was refused', async () => {
  const { url, folder, emulator, auditLog, signIn } = await startSignInRelay();
  const browser = await signIn(STAFF);
  await browser.post(`${url}/auth/logout`);

  emulator.change({ faults: [{ endpoint: 'userToken', kind: 'errcode', errcode: 40003 }] });
  const refused = new Browser();
  await refused.get(await comeBack(refused, url, STAFF));

  const code = await openKioskRegistry(join(folder, 'kiosks.json'), Date.now).makeCode('');
  await new Browser().post(`${url}/api/kiosk/enrol`, { code: 'WRONG' });
  await new Browser().post(`${url}/api/kiosk/enrol`, { code });

  const [kiosk] = await openKioskRegistry(join(folder, 'kiosks.json'), Date.now).list();
  expect(auditLog.records.map(({ event, outcome, kind, viewer }) => [event, outcome, kind, viewer])).toEqual([
    ['sign-in', 'ok', 'staff', STAFF],
    ['sign-out', 'ok', 'staff', STAFF],
    ['sign-in', 'signed-out', undefined, undefined],
    ['enrol', 'forbidden', undefined, undefined],
    ['enrol', 'ok', 'kiosk', kiosk?.id],
  ]);
});

it('tells of sign-ins that nobody began here, once a minute, and how many more', async () => {
  const { url, relay, auditLog } = await startSignInRelay();
  for (let time = 0; time < 20; time += 1) await new Browser().get(`${url}/auth/callback?state=x&wxcode=y`);
  await relay.close();
  const stale = { event: 'sign-in', outcome: 'invalid', device: 'address 127.0.0.1' };
  expect(auditLog.records).toMatchObject([stale, { ...stale, repeated: 19 }]);
});

it('has nothing to tell of sign-outs where nobody signed in', async () => {
  const { url, auditLog } = await startSignInRelay({
    SIGN_IN: 'header',
    SIGN_IN_HEADER: 'X-Remote-User',
    TRUSTED_PROXIES: '127.0.0.1',
  });
  const viewer = new Browser({ 'x-remote-user': 'zhang.wei' });
  for (let time = 0; time < 20; time += 1) {
    expect((await viewer.post(`${url}/auth/logout`)).status).toBe(200);
  }
  expect(auditLog.records).toEqual([]);
});

it('tells devices apart: one for each session from sign-in to sign-out, and the kiosk', async () => {
  const { url, folder, auditLog, signIn } = await startSignInRelay();
  const browser = await signIn(STAFF);
  await browser.post(`${url}/api/members/search`, { keywords: STAFF });
  await browser.post(`${url}/auth/logout`);
  await signIn(STAFF);
  const code = await openKioskRegistry(join(folder, 'kiosks.json'), Date.now).makeCode('');
  const kiosk = new Browser();
  await kiosk.post(`${url}/api/kiosk/enrol`, { code });
  await kiosk.post(`${url}/api/members/search`, { keywords: STAFF });

  const devices = auditLog.records.map(({ event, device }) => [event, device]);
  const [first, other] = [devices[0]?.[1], devices[4]?.[1]];
  const enrolled = expect.stringMatching(/^kiosk-/) as string;
  expect(first).toMatch(/^[\w-]{22}$/);
  expect(other).not.toBe(first);
  expect(devices).toEqual([
    ['sign-in', first],
    ['search', first],
    ['view', first],
    ['sign-out', first],
    ['sign-in', other],
    ['enrol', enrolled],
    ['search', enrolled],
    ['view', enrolled],
  ]);
});

it('tells what the command line revoked, once, also when no relay ran meanwhile', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'revoked-'));
  const kiosks = openKioskRegistry(join(folder, 'kiosks.json'), Date.now);
  const enrol = async () => (await kiosks.enrol(await kiosks.makeCode('')))?.id ?? '';
  const [before, meanwhile] = [await enrol(), await enrol()];
  await kiosks.revoke(before);
  const { auditLog } = await startSignInRelay({ FOLDER: folder });
  const revoked = () =>
    auditLog.records.filter(({ event }) => event === 'revoke').map(({ viewer }) => viewer);
  await vi.waitFor(() => expect(revoked()).toEqual([before]), 60_000);
  await kiosks.revoke(meanwhile);
  await vi.waitFor(() => expect(revoked()).toEqual([before, meanwhile]), 60_000);
  await vi.waitFor(async () => expect(await kiosks.unrecordedRevocations()).toEqual([]), 60_000);
  expect(revoked()).toEqual([before, meanwhile]);
});

it('tells of requests that no viewer stood behind, and of a viewer where a route is not for them', async () => {
  const { url, folder, auditLog } = await startSignInRelay();
  for (let time = 0; time < 3; time += 1) {
    await new Browser().post(`${url}/api/members/search`, { keywords: STAFF });
  }
  const kiosk = new Browser();
  const code = await openKioskRegistry(join(folder, 'kiosks.json'), Date.now).makeCode('');
  await kiosk.post(`${url}/api/kiosk/enrol`, { code });
  await kiosk.post(`${url}/auth/logout`);

  const refusals = auditLog.records.filter(({ event }) => event === 'refusal');
  expect(refusals).toEqual([
    expect.objectContaining({ outcome: 'signed-out', device: 'address 127.0.0.1' }),
    expect.objectContaining({ outcome: 'forbidden', kind: 'kiosk' }),
  ]);
});

it('tells of a gateway header that came from elsewhere', async () => {
  const { url, auditLog } = await startSignInRelay({
    SIGN_IN: 'header',
    SIGN_IN_HEADER: 'X-Remote-User',
    TRUSTED_PROXIES: '192.0.2.0/24',
  });
  await new Browser().get(`${url}/api/session`, { 'x-remote-user': 'zhang.wei' });
  expect(auditLog.records).toMatchObject([
    { event: 'refusal', outcome: 'forbidden', device: 'address 127.0.0.1' },
  ]);
  expect(JSON.stringify(auditLog.records)).not.toContain('zhang');
});
