import { onScopeDispose, shallowRef } from 'vue';
import { defineStore } from 'pinia';
import { MAX_RENEWED_PHOTOS } from '#contract/wire.ts';
import { toLookupFailure } from '../api/failure.ts';
import type { PhotosApi } from '../api/photos.ts';
import { useServices } from '../services.ts';
import { useSearchStore } from './search.ts';

/** Photos that fail together, as those of one screen do, are renewed together. */
const TOGETHER_MS = 100;
/** A link lives no shorter: what fails sooner is missing. */
const SHORTEST_LIFE_MS = 10 * 60_000;

/**
 * Photos whose links ended while their list was open: once one of them fails, those from there on are made anew, in
 * one request; those that an outage held back, once the network is back.
 */
export const usePhotosStore = defineStore('photos', () => {
  const { photos: api, network, now } = useServices();
  const search = useSearchStore();
  const renewed = shallowRef<Readonly<Record<string, string>>>({});
  /** Link → when. */
  const asked = new Map<string, number>();
  let failed: string[] = [];
  let renewing: Promise<void> | undefined;
  let running = new AbortController();
  let endWait: (() => void) | undefined;

  /** Where a photo is, now. */
  function addressOf(link: string): string {
    return renewed.value[link] ?? link;
  }

  /** Asks for another address of a photo that could not be had. */
  async function renew(link: string): Promise<void> {
    if (api === undefined || !isDue(link)) return;
    failed.push(link);
    await (renewing ??= renewTogether(api));
  }

  async function renewTogether(photos: PhotosApi): Promise<void> {
    const { signal } = running;
    const isOver = () => signal.aborted;
    await new Promise((resolve) => setTimeout(resolve, TOGETHER_MS));
    if (isOver()) return;
    renewing = undefined;
    const links = [...new Set([...failed, ...linksAfter(failed)])].filter(isDue).slice(0, MAX_RENEWED_PHOTOS);
    failed = [];
    for (const link of links) asked.set(link, now());
    try {
      const fresh = await photos.renew(links, signal);
      if (isOver()) return;
      renewed.value = {
        ...renewed.value,
        ...Object.fromEntries(fresh.flatMap((link, at) => (link === '' ? [] : [[links[at] ?? '', link]]))),
      };
    } catch (thrown) {
      if (isOver()) return;
      if (toLookupFailure(thrown).kind === 'offline') {
        for (const link of links) asked.delete(link);
        failed.push(...links);
        endWait ??= network.onPerhapsBack(() => void (renewing ??= renewTogether(photos)));
        return;
      }
      // Without an answer there are initials.
    }
    stopWaiting();
  }

  function stopWaiting() {
    endWait?.();
    endWait = undefined;
  }

  function clear() {
    running.abort();
    running = new AbortController();
    renewing = undefined;
    stopWaiting();
    asked.clear();
    failed = [];
    renewed.value = {};
  }

  function isDue(link: string): boolean {
    return now() - (asked.get(link) ?? -Infinity) >= SHORTEST_LIFE_MS;
  }

  /** Those of the results from the first of these on. */
  function linksAfter(links: readonly string[]): string[] {
    const all = search.results?.hits.flatMap(({ member }) => member.head_image ?? []) ?? [];
    const first = all.findIndex((link) => links.includes(link));
    return first === -1 ? [] : all.slice(first);
  }

  onScopeDispose(clear);
  return { addressOf, renew, clear };
});
