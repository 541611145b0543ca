/** `npm run policy -- check <file>`: what is wrong with a policy file, and what it gives to whom. */
import { prepare } from './lib/prepare.mjs';

const here = process.env.INIT_CWD ?? process.cwd();
prepare({ build: true });
// The file is named from where the operator is.
process.chdir(here);
await import(new URL('../dist/server/policy.js', import.meta.url).href);
