import { mkdtempSync, rmSync } from 'node:fs';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'vitest';
import { POINTS } from '#conformance/points/index.ts';
import { PEOPLE } from '#emulator/campus/people.ts';
import { startEmulator } from '#emulator/start.ts';
import { HEADERS } from '#tests/server/support/relay.ts';
import { freePort } from '#tests/support/processes.ts';
import { missingPackages } from '../../scripts/lib/packages.mjs';
import { check, failures, notApplicable } from './support/check.ts';
import { EXAMPLE_BACKENDS, accepts, startExample } from './support/examples.ts';

/** The other side of the machine, where it has one. */
const OUTSIDE = Object.values(networkInterfaces())
  .flatMap((addresses) => addresses ?? [])
  .find(({ family, internal }) => family === 'IPv4' && !internal)?.address;

/** It stands beside the app, adds the token itself, and is not the relay. */
const NOT_FOR_EXAMPLES = POINTS.map(({ id }) => id).filter(
  (id) =>
    id.startsWith('relay.') ||
    ['request.signed-out', 'origin.app', 'token.answer', 'token.origin'].includes(id),
);

async function statusOf(address: string): Promise<number> {
  const body = JSON.stringify({ keywords: PEOPLE.staff.fields.name });
  return (await fetch(address, { method: 'POST', headers: HEADERS, body })).status;
}

describe.concurrent('the example backend', () => {
  it.for(EXAMPLE_BACKENDS.map((example) => [example.name, example] as const))(
    'in %s passes what applies, listens on loopback, and logs neither token nor keyword',
    { timeout: 300_000 },
    async ([, example], { skip, expect }) => {
      const missing = missingPackages(example.packages);
      skip(missing.length > 0 && !process.env.CI, `needs ${missing.join(' ')}`);
      const folder = mkdtempSync(join(tmpdir(), 'wecard-lookup-'));
      const emulator = await startEmulator({ members: 2000 });
      const port = await freePort();
      const started = await startExample(example, port, folder, emulator.url);
      try {
        const address = `http://127.0.0.1:${port}/api/members/search`;
        // The first answer of some is slow: they compile.
        await expect.poll(() => statusOf(address), { timeout: 60_000 }).toBe(200);
        const checked = await check(address, '--emulator', emulator.url);
        expect(failures(checked)).toEqual([]);
        expect(notApplicable(checked)).toEqual(NOT_FOR_EXAMPLES);
        if (OUTSIDE !== undefined) expect(await accepts(port, OUTSIDE)).toBe(false);
        const said = started.output();
        for (const secret of ['access_token', PEOPLE.staff.fields.name, PEOPLE.staff.fields.card_number])
          expect(said).not.toContain(secret);
      } finally {
        await started.stop();
        await emulator.close();
        rmSync(folder, { recursive: true, force: true });
      }
    },
  );
});
