import { computed, shallowRef, watch } from 'vue';
import { defineStore } from 'pinia';
import { useServices } from '../services.ts';
import { useSearchStore } from '../stores/search.ts';
import { chooseCandidate, emptyEntry, keywordOf, pressKey, settled, switchMode } from './keyboard/entry.ts';
import type { Entry, KeyboardMode, Press } from './keyboard/entry.ts';
import { candidatesFor } from './keyboard/pinyin.ts';
import type { Candidate, PinyinTable } from './keyboard/pinyin.ts';

/** Candidates at a time: as many as have room at 60 px each on the narrowest kiosk. */
const PAGE = 10;

/** What the visitor types, and the keyboard that is up for it. */
export const useEntryStore = defineStore('entry', () => {
  const { showNotLoaded } = useServices();
  const search = useSearchStore();
  const entry = shallowRef<Entry>(emptyEntry('pinyin'));
  /** What stands there was searched: the next character starts anew, as over selected text. */
  const isSearched = shallowRef(false);
  /** The keyboard is on screen. */
  const isOpen = shallowRef(false);
  const table = shallowRef<PinyinTable>();

  const candidates = computed<Candidate[]>(() => {
    const { pending, text } = entry.value;
    if (table.value === undefined || pending === '') return [];
    return candidatesFor(pending, table.value, text === '');
  });

  const page = shallowRef(0);
  const pages = computed(() => Math.ceil(candidates.value.length / PAGE));
  /** The page of candidates in sight. */
  const offered = computed(() => candidates.value.slice(page.value * PAGE, (page.value + 1) * PAGE));
  watch(candidates, () => (page.value = 0));

  function open(mode: KeyboardMode = entry.value.mode): void {
    entry.value = switchMode(entry.value, mode);
    isOpen.value = true;
    if (mode === 'pinyin') void loadTable();
  }

  /** The characters come in files of their own, once pinyin is typed; without them there are the digits. */
  async function loadTable(): Promise<void> {
    if (table.value !== undefined) return;
    try {
      const [{ default: common }, { default: rare }] = await Promise.all([
        import('./keyboard/pinyin-table.json'),
        import('./keyboard/rare-characters.json'),
      ]);
      table.value = { ...common, rare };
    } catch {
      if (entry.value.mode === 'pinyin') entry.value = switchMode(entry.value, 'number');
      showNotLoaded();
    }
  }

  function press(key: Press): void {
    const isAnew = isSearched.value && typeof key === 'object';
    entry.value = pressKey(isAnew ? emptyEntry(entry.value.mode) : entry.value, key);
    isSearched.value = false;
  }

  function choose(candidate: Candidate): void {
    entry.value = chooseCandidate(entry.value, candidate);
  }

  /** A scan takes the place of whatever was typed. */
  function replace(text: string): void {
    entry.value = { ...emptyEntry(entry.value.mode), text };
  }

  async function submit(): Promise<void> {
    entry.value = settled(entry.value);
    const asked = search.search(keywordOf(entry.value));
    isOpen.value = search.problem !== undefined;
    isSearched.value = true;
    await asked;
  }

  return {
    entry,
    isOpen,
    isSearched,
    offered,
    page,
    pages,
    open,
    press,
    choose,
    replace,
    submit,
  };
});
