/** What runs inside the measured page. It is sent there as source text, so it may use nothing from outside itself. */

/** Moments are in ms after the navigation began, and 0 until they come. */
export interface PageNumbers {
  /** First text or picture; a coloured page alone does not count. */
  firstPaint: number;
  /** The search box was painted. What is typed and submitted from here on has to count. */
  box: number;
  /** The last byte of the search's answer. */
  answer: number;
  /** The first result was painted. */
  result: number;
  /** Total blocking time: what of each task after the first paint goes past 50 ms. */
  readonly blocked: number;
  /** 0 when no task took 50 ms. */
  longestTask: number;
  /** All shifts that no touch or key accounts for, added up: never less than CLS. */
  layoutShift: number;
  /** From the latest Enter until the first result was painted. */
  enterToResult: number;
  /** From the latest tap until `headSelector` was painted. */
  tapToHead: number;
}

export interface Watched {
  /** Empty: a viewer who only looks. */
  keyword: string;
  /** The page types it the moment that the box is there; otherwise whoever sits before it does. */
  isImpatient: boolean;
  resultSelector: string;
}

declare global {
  interface Window {
    bench: PageNumbers;
    /** Tells the harness that a number has come: cheaper for the page than being asked. */
    benchTells: (number: keyof PageNumbers) => void;
  }
}

/**
 * Watches the page from its first moment. It is the impatient viewer as well: types the moment that the box
 * is painted, and submits in the frame after.
 */
export function watchPage({ keyword, isImpatient, resultSelector }: Watched) {
  const longTasks: PerformanceEntry[] = [];
  const numbers: PageNumbers = {
    firstPaint: 0,
    box: 0,
    answer: 0,
    result: 0,
    // What comes before the first paint is the first paint's own number.
    get blocked() {
      return longTasks.reduce((sum, { startTime, duration }) => {
        const after = startTime + duration - Math.max(startTime, this.firstPaint);
        return sum + Math.max(after - 50, 0);
      }, 0);
    },
    longestTask: 0,
    layoutShift: 0,
    enterToResult: 0,
    tapToHead: 0,
  };
  window.bench = numbers;
  // A long list has more photos than the usual 250 entries.
  performance.setResourceTimingBufferSize(5_000);

  const observe = (type: string, use: (entry: PerformanceEntry) => void) => {
    new PerformanceObserver((list) => list.getEntries().forEach(use)).observe({ type, buffered: true });
  };
  observe('paint', ({ name, startTime }) => {
    if (name === 'first-contentful-paint') numbers.firstPaint = startTime;
  });
  observe('longtask', (task) => {
    longTasks.push(task);
    numbers.longestTask = Math.max(numbers.longestTask, task.duration);
  });
  observe('layout-shift', (entry) => {
    const { value, hadRecentInput } = entry as PerformanceEntry & { value: number; hadRecentInput: boolean };
    if (!hadRecentInput) numbers.layoutShift += value;
  });

  const findBox = () => {
    const box = document.querySelector<HTMLInputElement>('input[type=search]');
    return box?.checkVisibility({ visibilityProperty: true, opacityProperty: true }) === true
      ? box
      : undefined;
  };
  const findResult = () =>
    document.querySelector(resultSelector)?.textContent.includes(keyword) === true || undefined;

  whenPainted(findBox, (box) => {
    numbers.box = performance.now();
    box.focus();
    window.benchTells('box');
    if (keyword === '') return;
    if (isImpatient) {
      type(box);
      requestAnimationFrame(() => submit(box));
    }
    whenPainted(findResult, () => {
      numbers.result = performance.now();
      numbers.enterToResult = numbers.result - enteredAt;
      numbers.answer = answeredAt();
      window.benchTells('result');
    });
  });
  // The browser's own time of a key or a touch: what the page was busy with before it noticed counts.
  let enteredAt = 0;
  document.addEventListener(
    'keydown',
    ({ key, timeStamp }) => {
      if (key === 'Enter') enteredAt = timeStamp;
    },
    true,
  );
  document.addEventListener(
    'click',
    ({ timeStamp, isTrusted }) => {
      if (!isTrusted || numbers.result === 0) return;
      const findHead = () =>
        document.querySelector('h1')?.textContent.includes(keyword) === true || undefined;
      whenPainted(findHead, () => {
        numbers.tapToHead = performance.now() - timeStamp;
        window.benchTells('tapToHead');
      });
    },
    true,
  );

  /** Looks before each frame. What is found is painted by that frame, and the task after it comes next. */
  function whenPainted<T>(find: () => T | undefined, then: (found: T) => void) {
    requestAnimationFrame(() => {
      const found = find();
      if (found === undefined) {
        whenPainted(find, then);
        return;
      }
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => then(found);
      port2.postMessage(undefined);
    });
  }

  function type(box: HTMLInputElement) {
    box.value = keyword;
    box.dispatchEvent(new InputEvent('input', { bubbles: true, data: keyword, inputType: 'insertText' }));
  }

  /** Enter presses a form's button, and submits a form whose button the parser has not come to yet. */
  function submit({ form }: HTMLInputElement) {
    const button = form?.querySelector<HTMLButtonElement>('button[type=submit], button:not([type])');
    if (button) button.click();
    else form?.requestSubmit();
  }

  function answeredAt() {
    const entries = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
    return entries.find(({ name }) => name.endsWith('api/members/search'))?.responseEnd ?? 0;
  }
}
