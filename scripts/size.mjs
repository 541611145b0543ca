/**
 * The size budget: brotli bytes of everything a phone loads until the search box works, until the
 * first result, and until a member is open. Reads `dist/client` and Vite's manifest of it.
 */
import { existsSync, readFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';

const CLIENT = 'dist/client';

/**
 * Each step adds its modules to those before it; budgets in KB of 1,000 bytes. The goals are 48, 75 and
 * 85: Vant's popup keeps Transition and Teleport in Vue's chunk, 3.6 KB that the first screen does not use.
 */
const STEPS = [
  { until: 'the box works', budget: 52.5, modules: ['index.html', 'src/locales/zh-CN.ts'] },
  {
    until: 'the first result',
    budget: 76,
    modules: ['src/api/transport.ts', 'src/components/search/SearchOutcome.vue'],
  },
  { until: 'a member is open', budget: 85, modules: ['src/views/MemberView.vue'] },
];

const manifest = JSON.parse(readFileSync(`${CLIENT}/.vite/manifest.json`, 'utf8'));
const loaded = new Set(['index.html']);
let isOver = false;

for (const { until, budget, modules } of STEPS) {
  for (const module of modules) load(module);
  const bytes = [...loaded].reduce((sum, file) => sum + brotliBytes(file), 0);
  isOver ||= bytes > budget * 1000;
  const sign = bytes > budget * 1000 ? '✗' : '✓';
  process.stdout.write(
    `  ${sign} until ${until}: ${(bytes / 1000).toFixed(1)} of ${budget} KB, ${loaded.size} files\n`,
  );
}
process.exitCode = isOver ? 1 : 0;

/** A module's own file, its styles, and all that it imports before it runs. */
function load(module) {
  const chunk = manifest[module];
  if (chunk === undefined)
    throw new Error(`${module} is no chunk of its own in the build: name the one that holds it.`);
  for (const file of [chunk.file, ...(chunk.css ?? [])]) {
    if (loaded.has(file)) continue;
    loaded.add(file);
  }
  for (const imported of chunk.imports ?? []) if (!loaded.has(manifest[imported].file)) load(imported);
}

function brotliBytes(file) {
  const precompressed = `${CLIENT}/${file}.br`;
  if (existsSync(precompressed)) return readFileSync(precompressed).length;
  return brotliCompressSync(readFileSync(`${CLIENT}/${file}`)).length;
}
