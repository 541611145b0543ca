import { describe, expect, test, vi } from 'vitest';
import { clientOf, emulatorFor, startRelay } from '../support/relay.ts';
import { IMAGES } from './images.ts';
import { startPhotoHost } from './photo-host.ts';

const PAGE = '<head><base href="./" /><script type="application/json" id="app-config">{}</script></head>';

async function relayWith(logo: string) {
  const emulator = await emulatorFor();
  const variables = { SCHOOL_NAME: 'Example University', SCHOOL_LOGO: logo };
  const { url } = await startRelay({ platform: emulator.url, variables, client: clientOf(PAGE) });
  const page = async () => {
    const response = await fetch(url);
    return { text: await response.text(), policy: response.headers.get('content-security-policy') };
  };
  return { url, page };
}

describe("the operator's logo", () => {
  test('comes through the relay from wherever it lies, so that the page loads nothing from elsewhere', async () => {
    const host = await startPhotoHost((_, response) => response.end(IMAGES['image/png']));
    const { url, page } = await relayWith(`${host.url}/logo.png`);
    await vi.waitFor(async () => expect((await page()).text).toContain('"logo":"api/school/logo"'), 60_000);
    const { text, policy } = await page();
    expect([text, policy].join()).not.toContain(host.url);
    const response = await fetch(`${url}/api/school/logo`);
    expect(response.headers.get('content-type')).toBe('image/png');
    expect(Buffer.from(await response.arrayBuffer())).toEqual(IMAGES['image/png']);
  });

  test('is left away when it is no picture', async () => {
    const host = await startPhotoHost((_, response) =>
      response.end('<svg xmlns="http://www.w3.org/2000/svg"/>'),
    );
    const { url, page } = await relayWith(`${host.url}/logo.svg`);
    await vi.waitFor(async () => {
      expect((await page()).text).toContain('Example University');
      expect(host.seen).toHaveLength(1);
    }, 60_000);
    expect((await page()).text).toContain('"logo":""');
    expect((await fetch(`${url}/api/school/logo`)).status).toBe(404);
  });
});
