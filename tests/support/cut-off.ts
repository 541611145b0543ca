/**
 * What a viewer of the page could not read or reach, one line each; in the topmost dialog where there is
 * one. Runs in the page. Not looked at: what is typed into an input, which scrolls, its placeholder, whose
 * words are the input's name too, and what a picture shows beyond its frame.
 */
export function cutOff(): string[] {
  const problems: string[] = [];
  const root = document.documentElement;
  if (root.scrollWidth > innerWidth) problems.push(`the page is ${root.scrollWidth} px wide`);
  const within = document.querySelector('[role=dialog]') ?? document.body;
  const shown = Array.from(within.querySelectorAll<HTMLElement>('*')).filter(
    (element) =>
      element.getClientRects().length > 0 &&
      element.closest('[aria-hidden=true], svg') === null &&
      !isForReaders(element),
  );
  for (const element of shown) {
    const name = `${element.tagName}.${element.className}`;
    const { overflowX, display } = getComputedStyle(element);
    const texts = Array.from(element.childNodes).filter(
      (node) => node.nodeType === 3 && node.nodeValue?.trim(),
    );
    const isClipping = overflowX === 'hidden' || overflowX === 'clip';
    const isScrolled = element.matches('input, textarea') || element.querySelector('video') !== null;
    if (!isScrolled && (isClipping || (texts.length > 0 && display !== 'inline'))) {
      const { scrollWidth, clientWidth, scrollHeight, clientHeight } = element;
      if (scrollWidth > clientWidth + 1 || scrollHeight > clientHeight + 1)
        problems.push(`${name}: ${scrollWidth}×${scrollHeight} in ${clientWidth}×${clientHeight}`);
    }
    const range = document.createRange();
    for (const text of texts) {
      range.selectNodeContents(text);
      for (const { left, right } of Array.from(range.getClientRects()))
        if (left < -1 || right > innerWidth + 1) problems.push(`${name}: text from ${left} to ${right}`);
    }
  }
  for (const element of shown.filter((one) =>
    one.matches('a[href], button, input, select, textarea, label'),
  )) {
    if (!element.isConnected) continue;
    element.scrollIntoView({ block: 'center' });
    const { left, top, width, height } = element.getBoundingClientRect();
    const met = document.elementFromPoint(left + width / 2, top + height / 2);
    if (!element.contains(met) && !met?.contains(element))
      problems.push(`${element.tagName}.${element.className} is under ${met?.className ?? 'nothing'}`);
  }
  return problems;

  /** A pixel for the eye, words for a screen reader. */
  function isForReaders(element: Element): boolean {
    const { width, height } = element.getBoundingClientRect();
    const isPixel = width <= 1 && height <= 1 && getComputedStyle(element).position === 'absolute';
    return isPixel || (element.parentElement !== null && isForReaders(element.parentElement));
  }
}
