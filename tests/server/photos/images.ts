/** The first bytes of each kind of picture, and some more so that they can be counted. */
export const IMAGES = {
  'image/jpeg': bytes('ffd8ffe000104a46494600010100'),
  'image/png': bytes('89504e470d0a1a0a0000000d49484452'),
  'image/gif': bytes('474946383961010001000000'),
  'image/webp': bytes('524946461a000000574542505650384c0d000000'),
} as const;

function bytes(hex: string): Buffer {
  return Buffer.concat([Buffer.from(hex, 'hex'), Buffer.alloc(64, 7)]);
}
