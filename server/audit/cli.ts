/** `npm run audit`: questions to the trail, for operators. */
import { text } from 'node:stream/consumers';
import { runAudit } from './run.ts';

process.exitCode = await runAudit(process.argv.slice(2), {
  env: process.env,
  out: (line) => process.stdout.write(line),
  err: (line) => process.stderr.write(line),
  readInput: () => text(process.stdin),
});
