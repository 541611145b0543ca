/**
 * Puts `text` on the clipboard: by the modern way, or, in engines and webviews that lack or forbid
 * it, by the old one.
 *
 * @returns whether it is there.
 */
export async function copyText(page: Document, text: string): Promise<boolean> {
  try {
    await page.defaultView?.navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(page, text);
  }
}

function copyBySelection(page: Document, text: string): boolean {
  const focused = page.activeElement;
  const area = page.createElement('textarea');
  area.value = text;
  area.readOnly = true;
  area.className = 'sr-only';
  page.body.append(area);
  area.select();
  area.setSelectionRange(0, text.length);
  try {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- the only way before Safari 13.1
    return page.execCommand('copy');
  } finally {
    area.remove();
    if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  }
}
