/** `npm start`: the relay with the app, and the embedded emulator unless a real platform is set. */
import { existsSync } from 'node:fs';
import { prepare } from './lib/prepare.mjs';

prepare({ build: true });
if (existsSync('.env')) process.loadEnvFile('.env');
await import(new URL('../dist/server/main.js', import.meta.url).href);
