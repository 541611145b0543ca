import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { prepareZXingModule, writeBarcode } from 'zxing-wasm/writer';

/** The dark and light modules of a code, row by row. */
export interface Code {
  width: number;
  height: number;
  isDark: (x: number, y: number) => boolean;
}

const require = createRequire(import.meta.url);

export async function drawCode(format: 'Code128' | 'QRCode', text: string): Promise<Code> {
  const file = readFileSync(require.resolve('zxing-wasm/writer/zxing_writer.wasm'));
  await prepareZXingModule({
    overrides: { wasmBinary: Uint8Array.from(file).buffer },
    fireImmediately: true,
  });
  const { symbol } = await writeBarcode(text, { format, scale: 1 });
  const { width, height, data } = symbol;
  return { width, height, isDark: (x, y) => data[y * width + x] === 0 };
}

/** One grey frame, as the camera that Chromium plays: a white card with the code on it (YUV4MPEG2, 4:2:0). */
export function videoOf(code: Code): Buffer {
  const [width, height, module] = [640, 480, 5];
  const left = (width - code.width * module) / 2;
  const top = (height - code.height * module) / 2;
  const luma = Buffer.alloc(width * height, 235);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const [column, row] = [Math.floor((x - left) / module), Math.floor((y - top) / module)];
      const isOn = column >= 0 && row >= 0 && column < code.width && row < code.height;
      if (isOn && code.isDark(column, row)) luma[y * width + x] = 16;
    }
  }
  const frame = Buffer.concat([Buffer.from('FRAME\n'), luma, Buffer.alloc((width * height) / 2, 128)]);
  const head = Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\n`);
  return Buffer.concat([head, frame, frame]);
}

/** A photo of the code: an uncompressed bitmap (BMP, 24 bits, bottom row first). */
export function photoOf(code: Code): Buffer {
  const module = 4;
  const [width, height] = [(code.width + 20) * module, (code.height + 20) * module];
  const stride = Math.ceil((width * 3) / 4) * 4;
  const file = Buffer.alloc(54 + stride * height, 255);
  file.fill(0, 0, 54);
  file.write('BM', 0);
  file.writeUInt32LE(file.length, 2);
  file.writeUInt32LE(54, 10);
  file.writeUInt32LE(40, 14);
  file.writeInt32LE(width, 18);
  file.writeInt32LE(height, 22);
  file.writeUInt16LE(1, 26);
  file.writeUInt16LE(24, 28);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const [column, row] = [Math.floor(x / module) - 10, Math.floor((height - 1 - y) / module) - 10];
      const isOn = column >= 0 && row >= 0 && column < code.width && row < code.height;
      if (isOn && code.isDark(column, row))
        file.fill(0, 54 + y * stride + x * 3, 54 + y * stride + x * 3 + 3);
    }
  }
  return file;
}
