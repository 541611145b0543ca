/** Fetched only by engines that lack something of `polyfills.ts`. */
import 'abortcontroller-polyfill/dist/abortcontroller-polyfill-only.js';
import 'core-js/actual/array/flat.js';
import 'core-js/actual/array/flat-map.js';
import 'core-js/actual/object/from-entries.js';
import 'core-js/actual/object/has-own.js';
