import { defineAsyncComponent } from 'vue';
import { loadSessionParts } from './warm.ts';

type Parts = Awaited<ReturnType<typeof loadSessionParts>>;

/** A part of the page that tells who is looking; the page is whole without it. */
export function sessionPart(name: keyof Parts) {
  return defineAsyncComponent(async () => (await loadSessionParts())[name]);
}
