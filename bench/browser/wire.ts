import type { CDPSession } from '@playwright/test';

/** What came over the wire for a page. */
export interface Wire {
  /**
   * Compressed bytes of the bodies that were there at a moment, in ms after the navigation began. Pictures
   * do not count: a photo's size is the school's.
   *
   * @throws when the page was loaded twice: what was typed in its first life is lost.
   */
  bytesUntil(moment: number): number;
}

interface Body {
  readonly bytes: number;
  /** Seconds of the browser's own clock. */
  readonly at: number;
}

/** Listens to the page's network from before its first request. */
export async function watchWire(devtools: CDPSession): Promise<Wire> {
  const navigations: number[] = [];
  const headers = new Map<string, number>();
  const finished = new Map<string, Body>();
  devtools.on('Network.requestWillBeSent', ({ requestId, loaderId, timestamp }) => {
    if (requestId === loaderId) navigations.push(timestamp);
  });
  devtools.on('Network.responseReceived', ({ requestId, type, response }) => {
    if (type !== 'Image') headers.set(requestId, response.encodedDataLength);
  });
  // It may be told before the response is.
  devtools.on('Network.loadingFinished', ({ requestId, timestamp, encodedDataLength }) => {
    finished.set(requestId, { bytes: encodedDataLength, at: timestamp });
  });
  await devtools.send('Network.enable');
  return {
    bytesUntil(moment) {
      const [start = 0] = navigations;
      if (navigations.length !== 1) throw new Error(`the page was loaded ${navigations.length} times`);
      let sum = 0;
      for (const [requestId, { bytes, at }] of finished) {
        const headerBytes = headers.get(requestId);
        if (headerBytes !== undefined && at <= start + moment / 1_000) sum += bytes - headerBytes;
      }
      return sum;
    },
  };
}
