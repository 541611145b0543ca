/** `node scripts/run.mjs kiosk list`: one of the built entries, with the settings in `.env`. Needs no package and no build: a release has it. */
import { existsSync } from 'node:fs';

const [entry] = process.argv.splice(2, 1);
if (existsSync('.env')) process.loadEnvFile('.env');
await import(new URL(`../dist/server/${entry}.js`, import.meta.url).href);
