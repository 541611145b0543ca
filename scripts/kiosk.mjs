/** `npm run kiosk -- enrol | list | revoke <id>`: which devices are kiosks. */
import { existsSync } from 'node:fs';
import { prepare } from './lib/prepare.mjs';

prepare({ build: true });
if (existsSync('.env')) process.loadEnvFile('.env');
await import('../dist/server/kiosk.js');
