/** What cards carry: lines of the usual kinds, or a QR code. */
const FORMATS = ['code_128', 'code_39', 'ean_13', 'itf', 'qr_code'];
/** Longer edge of what is searched, in pixels: lines stay told apart, and slow phones keep up. */
const LONGEST_EDGE = 1280;

/** A picture that a canvas can draw, with its own size in pixels. */
export interface Picture {
  image: HTMLVideoElement | HTMLImageElement;
  width: number;
  height: number;
}

/** Finds a code in a picture; undefined where there is none. */
export type ReadCode = (picture: Picture) => Promise<string | undefined>;

interface NativeDetector {
  detect(image: CanvasImageSource): Promise<{ rawValue: string }[]>;
}
interface NativeDetectors {
  new (options: { formats: string[] }): NativeDetector;
  getSupportedFormats(): Promise<string[]>;
}

/**
 * The browser's own reader where it knows all that cards carry, else ZXing compiled to WebAssembly, a
 * file of this site.
 *
 * @throws where the engine runs neither.
 */
export async function createCodeReader(page: Window): Promise<ReadCode> {
  return (await nativeReader(page)) ?? (await wasmReader(page.document));
}

async function nativeReader(page: Window & { BarcodeDetector?: NativeDetectors }) {
  const Detector = page.BarcodeDetector;
  if (Detector === undefined) return undefined;
  try {
    const known = await Detector.getSupportedFormats();
    if (!FORMATS.every((format) => known.includes(format))) return undefined;
    const detector = new Detector({ formats: FORMATS });
    return async ({ image }: Picture) => (await detector.detect(image))[0]?.rawValue;
  } catch {
    // Android promises a reader even where the system's part that does the work is missing.
    return undefined;
  }
}

async function wasmReader(page: Document): Promise<ReadCode> {
  const [{ prepareZXingModule, readBarcodes }, { default: file }] = await Promise.all([
    import('zxing-wasm/reader'),
    import('zxing-wasm/reader/zxing_reader.wasm?url'),
  ]);
  await prepareZXingModule({ overrides: { locateFile: () => file }, fireImmediately: true });
  const canvas = page.createElement('canvas');
  return async (picture) => {
    const pixels = draw(canvas, picture);
    if (pixels === undefined) return undefined;
    const [code] = await readBarcodes(pixels, {
      formats: ['Code128', 'Code39', 'EAN13', 'ITF', 'QRCode'],
      maxNumberOfSymbols: 1,
      tryHarder: true,
    });
    return code?.text;
  };
}

function draw(canvas: HTMLCanvasElement, { image, width, height }: Picture): ImageData | undefined {
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null || width === 0 || height === 0) return undefined;
  const scale = Math.min(1, LONGEST_EDGE / Math.max(width, height));
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}
