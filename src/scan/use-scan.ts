import { computed, onScopeDispose, shallowRef } from 'vue';
import { CameraFailure, openCamera } from './camera.ts';
import type { Camera, CameraProblem } from './camera.ts';
import { createCodeReader } from './code-reader.ts';
import type { ReadCode } from './code-reader.ts';
import { openPhoto } from './photo.ts';
import { readScans } from './read-code.ts';
import type { ForeignReason, ScanSettings } from './read-code.ts';
import { watchVideo } from './watch-camera.ts';

/** After this long without a code, other ways are offered. */
const LATE_MS = 12_000;

type Why = { camera: CameraProblem } | { foreign: ForeignReason } | { reader: 'none' | 'no-code' };

export type ScanState =
  | { status: 'idle' }
  | { status: 'starting' }
  | { status: 'watching'; late: boolean }
  | { status: 'photo' }
  | { status: 'stopped'; why: Why };

/**
 * Scanning one card, by camera or photo. The camera is on only while `starting` or `watching`.
 *
 * @param onCard is told the keyword to look up, once the camera is off.
 */
export function useScan(
  settings: ScanSettings,
  video: () => HTMLVideoElement | undefined,
  onCard: (keyword: string) => void,
) {
  const state = shallowRef<ScanState>({ status: 'idle' });
  const lit = shallowRef(false);
  const camera = shallowRef<Camera>();
  let reader: Promise<ReadCode> | undefined;
  let unwatch: (() => void) | undefined;
  let lateTimer: ReturnType<typeof setTimeout> | undefined;
  let attempt = 0;

  /** A reader that could not be fetched is asked for again the next time. */
  function loadReader(): Promise<ReadCode> {
    reader ??= createCodeReader(window).catch((error: unknown) => {
      reader = undefined;
      throw error;
    });
    return reader;
  }

  function stop(next: ScanState = { status: 'idle' }) {
    attempt += 1;
    clearTimeout(lateTimer);
    unwatch?.();
    unwatch = undefined;
    camera.value?.stop();
    camera.value = undefined;
    lit.value = false;
    const screen = video();
    if (screen) screen.srcObject = null;
    if (next.status !== 'idle' || state.value.status === 'starting' || state.value.status === 'watching') {
      state.value = next;
    }
  }

  async function start(): Promise<void> {
    stop({ status: 'starting' });
    const mine = attempt;
    try {
      const opened = await openCamera(window);
      if (mine !== attempt) {
        opened.stop();
        return;
      }
      camera.value = opened;
      const read = await loadReader();
      const screen = video();
      if (mine !== attempt || screen === undefined) return;
      screen.srcObject = opened.stream;
      await screen.play();
      if (mine !== attempt) return;
      state.value = { status: 'watching', late: false };
      lateTimer = setTimeout(() => (state.value = { status: 'watching', late: true }), LATE_MS);
      unwatch = watchVideo(screen, read, {
        code: take,
        failure: () => stop({ status: 'stopped', why: { reader: 'none' } }),
      });
    } catch (thrown) {
      if (mine !== attempt) return;
      const why: Why = thrown instanceof CameraFailure ? { camera: thrown.problem } : { reader: 'none' };
      stop({ status: 'stopped', why });
    }
  }

  async function readPhoto(file: File): Promise<void> {
    stop({ status: 'photo' });
    const mine = attempt;
    const text = await codeIn(file);
    if (mine !== attempt) return;
    if (typeof text === 'string') take(text);
    else stop({ status: 'stopped', why: text });
  }

  async function codeIn(file: File): Promise<string | Why> {
    const read = await loadReader().catch(() => undefined);
    if (read === undefined) return { reader: 'none' };
    try {
      const photo = await openPhoto(file);
      const text = await read(photo);
      photo.close();
      return text ?? { reader: 'no-code' };
    } catch {
      // No picture, or one that the browser cannot open: there is no code in it either way.
      return { reader: 'no-code' };
    }
  }

  function take(text: string) {
    const [scan] = readScans(text, settings);
    if (scan?.kind === 'card') {
      stop();
      state.value = { status: 'idle' };
      onCard(scan.keyword);
      return;
    }
    const reason = scan?.kind === 'foreign' ? scan.reason : 'unreadable';
    stop({ status: 'stopped', why: { foreign: reason } });
  }

  /** A light that does not do as it is told is no longer offered. */
  async function toggleLight() {
    const opened = camera.value;
    if (opened?.light === undefined) return;
    try {
      await opened.light(!lit.value);
      if (opened === camera.value) lit.value = !lit.value;
    } catch {
      // Some phones promise a light that only another of their cameras has.
      if (opened === camera.value) camera.value = { ...opened, light: undefined };
    }
  }

  onScopeDispose(() => stop());
  return {
    state,
    lit,
    hasLight: computed(() => camera.value?.light !== undefined),
    start,
    stop: () => stop(),
    readPhoto,
    toggleLight,
  };
}
