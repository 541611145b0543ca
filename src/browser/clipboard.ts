/** A promise that has not settled by then never does: some webviews forget it. */
const LONGEST_MS = 3_000;

/**
 * Puts `text` on the clipboard. The command comes first: it counts only in the moment of the viewer's tap, which an
 * engine that has the modern way, and refuses it, has let pass by the time that it says so.
 *
 * @returns whether it is there.
 */
export async function copyText(page: Document, text: string): Promise<boolean> {
  try {
    return copyByCommand(page, text) || (await copyByPromise(page, text));
  } catch {
    // Not there, or refused: the viewer is told.
    return false;
  }
}

async function copyByPromise(page: Document, text: string): Promise<boolean> {
  const written = page.defaultView?.navigator.clipboard.writeText(text).then(() => true);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), LONGEST_MS);
  });
  try {
    return await Promise.race([written ?? false, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** The focus stays where it is: a dialog that keeps it would take it back in the middle of this. */
function copyByCommand(page: Document, text: string): boolean {
  const selection = page.getSelection();
  const holder = page.createElement('span');
  holder.textContent = text;
  holder.className = 'sr-only';
  page.body.append(holder);
  let isPut = false;
  // What is selected only lets the command be; what is copied is the text, its lines included.
  const put = (event: ClipboardEvent) => {
    event.clipboardData?.setData('text/plain', text);
    event.preventDefault();
    isPut = true;
  };
  page.addEventListener('copy', put, true);
  try {
    selection?.selectAllChildren(holder);
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- the only way before Chrome 66 and Safari 13.1
    return page.execCommand('copy') && isPut;
  } catch {
    // Some webviews throw in place of refusing.
    return false;
  } finally {
    page.removeEventListener('copy', put, true);
    selection?.removeAllRanges();
    holder.remove();
  }
}
