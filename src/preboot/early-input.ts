import type { EarlyInput } from '../services.ts';

/**
 * Keeps what is submitted before the app listens. The browser itself never submits the form: a name
 * must not reach an address.
 *
 * @returns ends the watch, and tells what stands in the box and what was submitted of it.
 */
export function watchInput(page: Document): () => EarlyInput | undefined {
  let submitted: string | undefined;
  const box = () => page.querySelector<HTMLInputElement>('input[type="search"]');

  function keep(event: Event) {
    event.preventDefault();
    submitted = box()?.value;
  }

  page.addEventListener('submit', keep, true);
  return () => {
    page.removeEventListener('submit', keep, true);
    const typed = box()?.value;
    return typed === undefined ? undefined : { typed, submitted };
  };
}
