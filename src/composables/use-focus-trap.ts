import { onBeforeUnmount, onMounted } from 'vue';
import type { Ref } from 'vue';

const STOPS = 'a[href], button, input, select, textarea';

/**
 * Takes the focus into a dialog when it is mounted, and gives it back to where it was when it leaves.
 *
 * @returns a listener for the dialog's Tab keys, which go round inside: `inert` and `<dialog>` are
 * younger than the oldest engines.
 */
export function useFocusTrap(dialog: Ref<HTMLElement | undefined>): (event: KeyboardEvent) => void {
  const before = document.activeElement;
  onMounted(() => dialog.value?.focus({ preventScroll: true }));
  onBeforeUnmount(() => {
    if (before instanceof HTMLElement) before.focus({ preventScroll: true });
  });

  return (event) => {
    const { activeElement } = document;
    const stops = Array.from(dialog.value?.querySelectorAll<HTMLElement>(STOPS) ?? []).filter(isReachable);
    const [first, last] = [stops[0], stops[stops.length - 1]];
    const [from, to] = event.shiftKey ? [first, last] : [last, first];
    const isLeaving = isOneStop(activeElement, from) || (event.shiftKey && activeElement === dialog.value);
    if (!isLeaving) return;
    event.preventDefault();
    to?.focus();
  };
}

/** Of radio buttons with one name, the checked one alone is a stop. */
function isReachable(element: HTMLElement): boolean {
  if (element.matches(':disabled')) return false;
  if (!isRadio(element) || element.checked) return true;
  return document.querySelector(`[name="${element.name}"]:checked`) === null;
}

/** While none is checked, the browser takes Tab into either end of them. */
function isOneStop(one: Element | null, other: HTMLElement | undefined): boolean {
  return one === other || (isRadio(one) && isRadio(other) && one.name === other.name);
}

function isRadio(element: Element | null | undefined): element is HTMLInputElement {
  return element instanceof HTMLInputElement && element.type === 'radio';
}
