/** `npm start`: the relay with the app, and the embedded emulator unless a real platform is set. */
import { prepare } from './lib/prepare.mjs';

prepare({ build: true });
await import('../dist/server/main.js');
