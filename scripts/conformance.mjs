/** `npm run conformance -- URL`: a backend against the contract, point by point. */
import { prepare } from './lib/prepare.mjs';

prepare({ build: true });
await import(new URL('../dist/server/conformance.js', import.meta.url).href);
