import { describe, expect, it } from 'vitest';
import { APP_SECRET, OCODE } from '#emulator/applications.ts';
import { openKioskRegistry } from '#server/kiosks/registry.ts';
import { runKiosk } from '#server/kiosks/run.ts';
import { newKiosksFile } from './folder.ts';

async function newTerminal(env: Record<string, string> = {}) {
  const file = await newKiosksFile();
  async function run(...args: string[]) {
    let out = '';
    let err = '';
    const code = await runKiosk(args, {
      env: { KIOSKS_FILE: file, ...env },
      demo: { appSecret: APP_SECRET, ocode: OCODE },
      clock: Date.now,
      out: (text) => void (out += text),
      err: (text) => void (err += text),
    });
    return { code, out, err };
  }
  return { run, kiosks: openKioskRegistry(file, Date.now) };
}

describe('npm run kiosk', () => {
  it('tells a code, and where to enter it', async () => {
    const { run, kiosks } = await newTerminal({ PUBLIC_URL: 'https://campus.example/lookup/' });
    const { code, out } = await run('enrol', '--name', ' Library hall ');
    expect(code).toBe(0);
    expect(out).toContain('https://campus.example/lookup/kiosk/enrol\n');
    const [typed = ''] = /\S{4}-\S{4}/.exec(out) ?? [];
    expect(await kiosks.enrol(typed)).toMatchObject({ name: 'Library hall' });
  });

  it('lists and revokes', async () => {
    const { run, kiosks } = await newTerminal();
    expect((await run('list')).out).toContain('No kiosk');
    const kiosk = await kiosks.enrol(await kiosks.makeCode('Gate'));
    const id = kiosk?.id ?? '';
    expect((await run('list')).out).toMatch(new RegExp(`^${id} .*  never seen  active  Gate\n$`));

    expect(await run('revoke', id)).toMatchObject({ code: 0 });

    expect((await run('list')).out).toMatch(/ revoked \S+ {2}Gate\n$/);
    expect(await run('revoke', id)).toMatchObject({ code: 1, out: '' });
  });

  it.each([[], ['enroll'], ['enrol', 'x'], ['revoke'], ['revoke', 'a', 'b'], ['list', '--all']])(
    'tells how it is used when it cannot follow: %j',
    async (...args) => {
      const { run } = await newTerminal();
      expect(await run(...args)).toMatchObject({ code: 2, out: '' });
    },
  );

  it.each(['x'.repeat(61), 'a\nb', '\u001b[31m'])('refuses the name %j', async (name) => {
    const { run } = await newTerminal();
    expect((await run('enrol', '--name', name)).code).toBe(2);
  });
});
