/** `npm run doctor`: what is wrong with this installation, and what to do about it. */
import { existsSync } from 'node:fs';
import { prepare } from './lib/prepare.mjs';

prepare({ build: true });
if (existsSync('.env')) process.loadEnvFile('.env');
await import(new URL('../dist/server/doctor.js', import.meta.url).href);
