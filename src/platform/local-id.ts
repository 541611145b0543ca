const LOCAL = '~';

/**
 * An id for a member whom the backend gave none. It says nothing about whom it stands for (96 random
 * bits), is safe in a path, and is told apart from a backend's `ref`.
 */
export function createLocalId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return LOCAL + Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export function isLocalId(id: string): boolean {
  return id.startsWith(LOCAL);
}
