import type { ReadCode } from './code-reader.ts';

/** Between two looks, so that the page stays alive under the finger. */
const PAUSE_MS = 120;

/**
 * Reads codes off a running video. A code counts once it was read twice in a row: lines without a check
 * digit are misread now and then, and a wrong number is a wrong person.
 *
 * @returns stops it.
 */
export function watchVideo(
  video: HTMLVideoElement,
  read: ReadCode,
  on: { code: (text: string) => void; failure: () => void },
): () => void {
  let isOn = true;
  let last: string | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function look() {
    const text = await read({ image: video, width: video.videoWidth, height: video.videoHeight });
    if (!isOn) return;
    if (text !== undefined && text === last) {
      on.code(text);
      return;
    }
    last = text ?? last;
    again();
  }

  function again() {
    timer = setTimeout(() => {
      look().catch(() => {
        if (isOn) on.failure();
      });
    }, PAUSE_MS);
  }

  again();
  return () => {
    isOn = false;
    clearTimeout(timer);
  };
}
