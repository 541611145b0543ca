/** `npm run audit-log -- verify | who <card number> | by <viewer> | refusals | stats | export`: questions to the audit log. */
import { existsSync } from 'node:fs';
import { prepare } from './lib/prepare.mjs';

prepare({ build: true });
if (existsSync('.env')) process.loadEnvFile('.env');
await import('../dist/server/audit-log.js');
