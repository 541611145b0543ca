/** `npm run doctor`: what is wrong with an installation, for operators. */
import { text } from 'node:stream/consumers';
import { runDoctor } from './run.ts';

process.exitCode = await runDoctor(process.argv.slice(2), {
  env: process.env,
  execArgv: process.execArgv,
  clock: Date.now,
  out: (line) => process.stdout.write(line),
  err: (line) => process.stderr.write(line),
  readInput: () => text(process.stdin),
});
