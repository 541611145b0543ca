import { start } from './process.ts';
import type { Running } from './process.ts';

export interface Display extends Running {
  /** What lets a program draw on it. */
  readonly env: Readonly<Record<string, string>>;
}

/** A screen that nobody sees, for browsers that have windows. */
export async function startDisplay(): Promise<Display> {
  const running = await start({
    command: 'Xvfb',
    args: () => ['-displayfd', '3', '-screen', '0', '1400x1000x24', '-nolisten', 'tcp'],
    ready: /^(\d+)$/,
  });
  const env = { DISPLAY: `:${running.ready[1] ?? ''}`, GDK_BACKEND: 'x11', LIBGL_ALWAYS_SOFTWARE: '1' };
  return { ...running, env };
}
