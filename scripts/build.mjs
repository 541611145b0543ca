/** `npm run build`: `dist/client` for any web server, `dist/server` for Node. */
import { prepare } from './lib/prepare.mjs';

prepare({ build: true });
