/**
 * The size budget: brotli bytes of everything a phone loads until the search box works, until the first
 * result, and until a member is open. Reads `dist/client` and Vite's manifest of it.
 */
import { existsSync, readFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';

const CLIENT = 'dist/client';
const PAGE = 'index.html';

const page = readFileSync(`${CLIENT}/${PAGE}`, 'utf8');
const manifest = JSON.parse(readFileSync(`${CLIENT}/.vite/manifest.json`, 'utf8'));
/** The page's script and what it preloads beside it. */
const atOnce = [
  ...page.matchAll(/<(?:script type="module"|link rel="modulepreload")[^>]*"\.\/(assets\/[^"]+)"/g),
];

/** Each step adds its files to those before it; budgets in KB of 1,000 bytes. */
const STEPS = [
  { until: 'the box works', budget: 16, files: [PAGE] },
  // Vant and axios whole, in a file apart that is compiled ahead: 1.4 more than in one. The aim is 95.
  { until: 'the first result', budget: 105, files: atOnce.map(([, file]) => file) },
  { until: 'a member is open', budget: 120, files: filesOf('src/views/MemberView.vue') },
];

const loaded = new Set();
for (const { until, budget, files } of STEPS) {
  for (const file of files) loaded.add(file);
  const bytes = [...loaded].reduce((sum, file) => sum + brotliBytes(file), 0);
  const isOver = bytes > budget * 1000;
  if (isOver) process.exitCode = 1;
  process.stdout.write(
    `  ${isOver ? '✗' : '✓'} until ${until}: ${(bytes / 1000).toFixed(1)} of ${budget} KB, ${loaded.size} files\n`,
  );
}

/** A module's own chunk, its styles, and all that it imports before it runs. */
function filesOf(key, seen = new Set()) {
  const chunk = manifest[key];
  if (chunk === undefined) throw new Error(`${key} is no chunk of its own in the build.`);
  if (seen.has(key)) return [];
  seen.add(key);
  const imported = (chunk.imports ?? []).flatMap((other) => filesOf(other, seen));
  // Styles that the page itself holds are no file.
  return [chunk.file, ...(chunk.css ?? []), ...imported].filter((file) => existsSync(`${CLIENT}/${file}`));
}

function brotliBytes(file) {
  const precompressed = `${CLIENT}/${file}.br`;
  if (existsSync(precompressed)) return readFileSync(precompressed).length;
  return brotliCompressSync(readFileSync(`${CLIENT}/${file}`)).length;
}
