/** Why there is no picture: told to the viewer in words. */
export type CameraProblem = 'refused' | 'absent' | 'busy' | 'blocked';

export class CameraFailure extends Error {
  readonly problem: CameraProblem;

  constructor(problem: CameraProblem) {
    super(problem);
    this.problem = problem;
  }
}

export interface Camera {
  stream: MediaStream;
  /** Undefined where there is no light. */
  light: ((on: boolean) => Promise<void>) | undefined;
  stop(): void;
}

/** Not in every version of the DOM's types. */
interface LightCapabilities {
  torch?: boolean;
}

const PROBLEMS: Readonly<Partial<Record<string, CameraProblem>>> = {
  NotAllowedError: 'refused',
  PermissionDeniedError: 'refused',
  NotFoundError: 'absent',
  OverconstrainedError: 'absent',
  NotReadableError: 'busy',
  AbortError: 'busy',
};

/** Whether this browser hands its camera to pages: not without https, nor in some webviews. */
function hasCamera(page: Window): boolean {
  const { mediaDevices } = page.navigator as { mediaDevices?: Partial<MediaDevices> };
  return typeof mediaDevices?.getUserMedia === 'function';
}

/**
 * The camera at the back. The browser asks the viewer first.
 *
 * @throws {CameraFailure}
 */
export async function openCamera(page: Window): Promise<Camera> {
  if (!hasCamera(page)) throw new CameraFailure('blocked');
  try {
    const stream = await page.navigator.mediaDevices.getUserMedia({
      audio: false,
      video: { facingMode: 'environment', width: { ideal: 1280 }, height: { ideal: 720 } },
    });
    return cameraOf(stream);
  } catch (thrown) {
    throw new CameraFailure(PROBLEMS[(thrown as Error).name] ?? 'blocked');
  }
}

function cameraOf(stream: MediaStream): Camera {
  const [track] = stream.getVideoTracks();
  const capabilities = (track?.getCapabilities as (() => LightCapabilities) | undefined)?.call(track);
  return {
    stream,
    light:
      track !== undefined && capabilities?.torch === true
        ? (on) => track.applyConstraints({ advanced: [{ torch: on } as MediaTrackConstraintSet] })
        : undefined,
    stop: () => stream.getTracks().forEach((one) => one.stop()),
  };
}
