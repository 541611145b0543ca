import type { Rolldown } from 'vite';

const VENDOR = /node_modules\/(@vue|vue|vue-router|pinia)\/|preload-helper|rolldown\/runtime/;
const ENTRY = '/src/main.ts';

/** The built files that the app starts from. */
export const FIRST_FILES = /\/(vue|app)-[^/]+\.js$/;

/** Two files until the app has started: what changes seldom, and everything else that it imports without waiting. */
export const CHUNKS: Rolldown.CodeSplittingGroup[] = [
  { name: 'vue', test: VENDOR, priority: 2 },
  { name: (id, context) => (isImportedAtOnce(id, context) ? 'app' : null), priority: 1 },
];

function isImportedAtOnce(id: string, context: Rolldown.ChunkingContext, seen = new Set<string>()): boolean {
  if (id.endsWith(ENTRY)) return true;
  if (seen.has(id)) return false;
  seen.add(id);
  const importers = context.getModuleInfo(id)?.importers ?? [];
  return importers.some((importer) => isImportedAtOnce(importer, context, seen));
}
