/** `npm run conformance`: a backend against the contract, point by point. */
import { runConformance } from './command.ts';

process.exitCode = await runConformance(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
});
