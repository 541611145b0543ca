/** `npm run build`: `dist/client` for any web server, `dist/server` for Node. */
import { prepare } from './lib/prepare.mjs';

prepare({ build: true });
process.stdout.write(`dist/client   the app, for any web server
dist/server   the relay and its tools, for Node
dist/headers.txt   what another web server sends with the page: its CSP has the hashes of this build
`);
