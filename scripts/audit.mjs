/** `npm run audit -- verify | who <card number> | by <viewer> | stats`: questions to the trail. */
import { prepare } from './lib/prepare.mjs';

prepare({ build: true });
await import('../dist/server/audit.js');
