import { expect, it } from 'vitest';
import { runConformance } from '#conformance/command.ts';
import { emulatorFor, startRelay } from '#tests/server/support/relay.ts';
import { freePort } from '#tests/support/processes.ts';

async function run(...args: string[]) {
  let out = '';
  let err = '';
  const code = await runConformance(args, {
    out: (text) => void (out += text),
    err: (text) => void (err += text),
  });
  return { code, out, err };
}

it('says a line for each point, and how many hold', async () => {
  const emulator = await emulatorFor(2000);
  const { url } = await startRelay({ platform: emulator.url, variables: { SIGN_IN: 'none' } });
  const only = ['--only', 'search.many', '--only', 'origin.app'];
  const { code, out, err } = await run(`${url}/api/members/search`, ...only);
  expect([code, err]).toEqual([0, '']);
  expect(out).toBe(`✓ A name that several members have finds them all (18 members) [search.many]
– The app’s own origin may: the preflight and the answer say so: does not apply, the app is served beside the backend (else: --origin) [origin.app]

1 ok, 0 failed, 1 does not apply
`);
});

it('says of a failed point what was expected, what came and what to do, and nothing of anybody', async () => {
  const emulator = await emulatorFor();
  const { url } = await startRelay({ platform: emulator.url, variables: { SIGN_IN: 'none' } });
  const args = ['--only', 'search.hit', '--hit', '张伟伟'];
  const { code, out } = await run(`${url}/api/members/search`, ...args);
  expect(code).toBe(1);
  expect(out).toMatch(
    /^✗ .*\[search\.hit\]\n {4}expected: .*\n {4}came: {5}HTTP 200 with nobody\n {4}to do: {4}.*--hit/,
  );
  expect(out).not.toContain('张伟伟');
});

it('says that no answer came', async () => {
  const { code, out } = await run(`http://127.0.0.1:${await freePort()}/search`, '--only', 'search.hit');
  expect(code).toBe(1);
  expect(out).toContain('none: ECONNREFUSED');
});

it.each([
  [[], /Name one URL/],
  [['ftp://campus.example/'], /http:\/\/ or https:\/\//],
  [['http://campus.example/', '--nope'], /--nope/],
  [['http://campus.example/', '--only', 'nope'], /no point "nope"/],
  [['http://campus.example/', '--header', 'Cookie'], /"Name: value"/],
])('refuses %j, and says how it is called', async (args, reason) => {
  const { code, out, err } = await run(...args);
  expect([code, out]).toEqual([2, '']);
  expect(err).toMatch(reason);
  expect(err).toContain('npm run conformance -- URL');
});

it('says that there is no emulator', async () => {
  const emulator = `http://127.0.0.1:${await freePort()}`;
  const { code, err } = await run('http://campus.example/', '--emulator', emulator);
  expect(code).toBe(2);
  expect(err).toContain(`There is no emulator at ${emulator}`);
});
