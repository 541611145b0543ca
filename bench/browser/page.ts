/** What runs inside the measured page. It is sent there as source text, so it may use nothing from outside itself. */

export interface PageNumbers {
  firstPaint: number;
  largestPaint: number;
  /** When the search box is on screen, ms after navigation. */
  box: number;
  /** When the first result is on screen, ms after navigation; 0 when nothing was submitted. */
  result: number;
  /** From the reply's last byte to the first result on screen, ms. */
  answerToResult: number;
  /** Total blocking time: what of each task goes past 50 ms. */
  blocked: number;
  longestTask: number;
  layoutShift: number;
  /** Bytes over the wire, headers excluded. */
  bytes: number;
}

declare global {
  interface Window {
    bench: PageNumbers;
  }
}

/** Watches the page from its first moment; with a keyword, types and submits it the moment that the box is there. */
export function watchPage({ keyword, resultSelector }: { keyword: string; resultSelector: string }) {
  const numbers: PageNumbers = {
    firstPaint: 0,
    largestPaint: 0,
    box: 0,
    result: 0,
    answerToResult: 0,
    blocked: 0,
    longestTask: 0,
    layoutShift: 0,
    bytes: 0,
  };
  window.bench = numbers;

  const observe = (type: string, use: (entry: PerformanceEntry) => void) => {
    new PerformanceObserver((list) => list.getEntries().forEach(use)).observe({ type, buffered: true });
  };
  observe('paint', (entry) => (numbers.firstPaint ||= entry.startTime));
  observe('largest-contentful-paint', (entry) => (numbers.largestPaint = entry.startTime));
  observe('longtask', ({ duration }) => {
    numbers.blocked += Math.max(0, duration - 50);
    numbers.longestTask = Math.max(numbers.longestTask, duration);
  });
  observe('layout-shift', (entry) => {
    numbers.layoutShift += (entry as PerformanceEntry & { value: number }).value;
  });
  observe('resource', (entry) => (numbers.bytes += (entry as PerformanceResourceTiming).encodedBodySize));

  /** A frame whose changes are seen is painted by the next one. */
  const look = () => {
    const box = document.querySelector('input');
    if (numbers.box === 0 && box !== null && box.getClientRects().length > 0) {
      numbers.box = performance.now();
      if (keyword !== '') submit(box);
    }
    const isThere = keyword !== '' && document.querySelector(resultSelector) !== null;
    if (isThere) requestAnimationFrame(finish);
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);

  function submit(box: HTMLInputElement) {
    box.focus();
    box.value = keyword;
    box.dispatchEvent(new Event('input', { bubbles: true }));
    box.form?.requestSubmit();
  }

  function finish() {
    numbers.result = performance.now();
    const replies = (performance.getEntriesByType('resource') as PerformanceResourceTiming[]).filter(
      ({ initiatorType }) => initiatorType === 'fetch' || initiatorType === 'xmlhttprequest',
    );
    const last = replies.filter(({ name }) => name.includes('members/search')).at(-1);
    numbers.answerToResult = last === undefined ? 0 : numbers.result - last.responseEnd;
  }
}
