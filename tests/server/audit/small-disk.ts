import { spawnSync } from 'node:child_process';
import { onTestFinished } from 'vitest';

export const SMALL_DISK_BYTES = 256 * 1024;

/** Mounts a small disk of its own for the test; false where only root may, and this is not root. */
export function mountSmallDisk(folder: string): boolean {
  const options = ['-t', 'tmpfs', '-o', `size=${SMALL_DISK_BYTES}`, 'tmpfs', folder];
  if (spawnSync('mount', options).status !== 0) return false;
  onTestFinished(() => void spawnSync('umount', ['-l', folder]));
  return true;
}
