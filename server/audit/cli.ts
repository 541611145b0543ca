/** `npm run audit-log`: questions to the audit log, for operators. */
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { runAuditLog } from './commands.ts';

// Whoever reads the answer may have enough of it: `… | head`.
process.stdout.on('error', () => process.exit(2));

process.exitCode = await runAuditLog(process.argv.slice(2), {
  env: process.env,
  out: async (text) => {
    if (!process.stdout.write(text)) await once(process.stdout, 'drain');
  },
  err: (line) => process.stderr.write(line),
  readInput: () => text(process.stdin),
});
