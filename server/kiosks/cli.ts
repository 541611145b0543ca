/** `npm run kiosk`: an operator's say over which devices are kiosks. */
import { APP_SECRET, OCODE } from '#emulator/applications.ts';
import { runKiosk } from './run.ts';

process.exitCode = await runKiosk(process.argv.slice(2), {
  env: process.env,
  demo: { appSecret: APP_SECRET, ocode: OCODE },
  clock: Date.now,
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
});
