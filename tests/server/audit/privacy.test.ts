import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aSearch } from './samples.ts';
import { linesOf, makeFolder, onlyFileOf, openTestLog } from './support.ts';

async function everythingIn(folder: string): Promise<string> {
  const names = await readdir(folder);
  return (await Promise.all(names.map((name) => readFile(join(folder, name), 'latin1')))).join('\n');
}

describe('what the audit log tells of people', () => {
  it('holds no byte of an id, a keyword, a card number or a reason', async () => {
    const folder = await makeFolder();
    const log = await openTestLog({ folder });
    const secret = fc
      .tuple(fc.constantFrom('王小明', 'REAL4411902', 'Ärztin·Müller', '(+86)13812341234'), fc.nat())
      .map(([text, salt]) => `${text}${salt}Q9`);
    const shown: string[] = [];
    await fc.assert(
      fc.asyncProperty(fc.array(secret, { minLength: 5, maxLength: 5 }), async (secrets) => {
        const [viewer, device, keyword, member = '', reason] = secrets;
        shown.push(...secrets);
        await log.record(aSearch({ viewer, device, keyword, members: [member], reason }));
      }),
      { numRuns: 300 },
    );
    await log.close();
    const bytes = await everythingIn(folder);
    for (const text of shown) {
      expect(bytes.includes(Buffer.from(text, 'utf8').toString('latin1'))).toBe(false);
      expect(bytes.includes(Buffer.from(text, 'utf8').toString('base64url'))).toBe(false);
      expect(bytes.includes(JSON.stringify(text).slice(1, -1))).toBe(false);
    }
  });

  it('names one person differently as viewer, member and keyword, and the same each time', async () => {
    const folder = await makeFolder();
    const log = await openTestLog({ folder });
    const id = '07302590';
    for (let time = 0; time < 2; time += 1) {
      await log.record(aSearch({ viewer: id, device: id, keyword: id, members: [id], reason: id }));
    }
    const [first, second] = (await linesOf(await onlyFileOf(folder)))
      .slice(1)
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    const { viewer, device, keyword, members, reason } = first ?? {};
    expect(new Set([viewer, device, keyword, ...(members as string[]), reason]).size).toBe(5);
    expect(second).toMatchObject({ viewer, device, keyword, members });
    expect(second?.reason).not.toBe(reason);
  });

  it('keeps a record on one line, whatever it is told', async () => {
    const folder = await makeFolder();
    const log = await openTestLog({ folder });
    await log.record(aSearch({ requestId: 'a\nb\r\u2028"}', profile: '{"seq":9}\n' }));
    expect(await linesOf(await onlyFileOf(folder))).toHaveLength(2);
  });
});
