/** `npm run emulator`: the WeCard look-alike alone, on port 3100. */
import { prepare } from './lib/prepare.mjs';

prepare({ build: true });
await import(new URL('../dist/server/emulator.js', import.meta.url).href);
