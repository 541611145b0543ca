import type { Picture } from './code-reader.ts';

/**
 * A photo that the viewer took or chose, and what lets go of it. It never leaves the device.
 *
 * @throws where the browser cannot open the file.
 */
export function openPhoto(file: File): Promise<Picture & { close: () => void }> {
  const address = URL.createObjectURL(file);
  const close = () => URL.revokeObjectURL(address);
  const image = new Image();
  return new Promise((resolve, reject) => {
    image.onload = () => resolve({ image, width: image.naturalWidth, height: image.naturalHeight, close });
    image.onerror = () => {
      close();
      reject(new Error('not a picture'));
    };
    image.src = address;
  });
}
