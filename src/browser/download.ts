/** Time enough for any browser to have taken the file. */
const RELEASED_AFTER_MS = 60_000;

/** Hands the viewer a file. */
export function download(page: Document, file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const link = page.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), RELEASED_AFTER_MS);
}
