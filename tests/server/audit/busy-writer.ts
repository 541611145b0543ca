/**
 * A process that writes an audit log without a pause, to be killed or starved by a test:
 * `node --import tsx busy-writer.ts FOLDER PREFIX CALLERS`. Prints `+id` for each acknowledged record
 * and `-id` for each refused one; a pipe takes them at once, so a kill loses none.
 */
import { writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { openAuditLog } from '#server/audit/open.ts';
import { aSearch, SECRET } from './samples.ts';

const [folder = '', prefix = '', callers = '1'] = process.argv.slice(2);
const log = await openAuditLog({ folder, secrets: [SECRET] });
let count = 0;

await Promise.all(Array.from({ length: Number(callers) }, write));

async function write(): Promise<never> {
  for (;;) {
    const requestId = `${prefix}-${++count}`;
    const sign = await log.record(aSearch({ requestId })).then(
      () => '+',
      () => '-',
    );
    await tell(`${sign}${requestId}\n`);
    if (sign === '-') await sleep(20);
  }
}

async function tell(line: string): Promise<void> {
  try {
    writeSync(1, line);
  } catch (error) {
    // The pipe is full until the test has read.
    if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
    await sleep(1);
    await tell(line);
  }
}
