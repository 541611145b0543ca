/** `npm run policy`: checks a policy file before a relay reads it. */
import { runPolicy } from './check.ts';

process.exitCode = runPolicy(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
});
