import type { Page } from '@playwright/test';
import config from '../../playwright.config.ts';
import { findBrowser } from '../../scripts/lib/browser.mjs';

/** Launch options of a Chromium with a camera: its own test picture, or a video file (YUV4MPEG2). */
export function withCamera(video?: string) {
  const { launchOptions } = config.use ?? {};
  const executablePath = findBrowser();
  const playing = video === undefined ? [] : [`--use-file-for-fake-video-capture=${video}`];
  return {
    ...launchOptions,
    ...(executablePath === undefined ? {} : { executablePath }),
    args: [...(launchOptions?.args ?? []), '--use-fake-device-for-media-stream', ...playing],
  };
}

/** What a camera's light does when it is told: the real track of a test machine has none. */
export type Light = 'none' | 'works' | 'fails';

/** The tracks that the page opens from now on, and what their lights are told. */
export async function watchTracks(page: Page, light: Light = 'none') {
  await page.addInitScript((kind) => {
    if (!window.isSecureContext || location.protocol === 'about:') return;
    const tracks: MediaStreamTrack[] = [];
    const told: unknown[] = [];
    Object.assign(window, { tracks, told });
    const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = async (wish) => {
      const stream = await open(wish);
      for (const track of stream.getTracks()) {
        tracks.push(track);
        if (kind === 'none') continue;
        track.getCapabilities = () => ({ torch: true }) as MediaTrackCapabilities;
        track.applyConstraints = (constraints) => {
          told.push(constraints);
          return kind === 'works' ? Promise.resolve() : Promise.reject(new Error('no light'));
        };
      }
      return stream;
    };
  }, light);
  return {
    /** "live" or "ended", in the order of opening. */
    states: () => page.evaluate<string[]>('tracks.map((track) => track.readyState)'),
    told: () => page.evaluate<unknown[]>('told'),
  };
}

/** Puts another app in front of the page, or the page in front again. */
export async function setHidden(page: Page, isHidden: boolean): Promise<void> {
  await page.evaluate((value) => {
    Object.defineProperty(document, 'hidden', { value, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }, isHidden);
}
