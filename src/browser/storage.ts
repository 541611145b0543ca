/** The tab's or the device's storage; reading the property throws where cookies are blocked. */
export function storageOf(page: Window, kind: 'sessionStorage' | 'localStorage'): Storage | undefined {
  try {
    return page[kind];
  } catch {
    return undefined;
  }
}

/** Keeps a choice for the next time; where storage is full or forbidden, it holds until the page is closed. */
export function keepChoice(storage: Storage | undefined, key: string, value: string): void {
  try {
    storage?.setItem(key, value);
  } catch {
    // See above.
  }
}
