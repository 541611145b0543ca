/** `npm run kiosk`: an operator's say over which devices are kiosks. */
import { runKiosk } from './run.ts';

process.exitCode = await runKiosk(process.argv.slice(2), {
  env: process.env,
  clock: Date.now,
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
});
