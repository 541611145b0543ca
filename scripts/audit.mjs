/** `npm run audit -- verify | who <card number> | by <viewer> | stats`: questions to the trail. */
import { existsSync } from 'node:fs';
import { prepare } from './lib/prepare.mjs';

prepare({ build: true });
if (existsSync('.env')) process.loadEnvFile('.env');
await import('../dist/server/audit.js');
