/** What is found by each role: the elements that have it by themselves, and those that are given it. */
const ROLES = {
  alert: '[role=alert]',
  alertdialog: '[role=alertdialog]',
  button: 'button:not([role]), [role=button]:not(a[href])',
  combobox: 'select',
  dialog: '[role=dialog]',
  group: 'fieldset, [role=group]',
  heading: 'h1, h2',
  img: 'img, [role=img]',
  link: 'a[href]',
  list: 'ul, ol, [role=list]',
  radio: 'input[type=radio]',
  radiogroup: '[role=radiogroup]',
  region: 'section[aria-label], section[aria-labelledby]',
  searchbox: 'input[type=search], [role=searchbox]',
  slider: 'input[type=range]',
  status: '[role=status]',
  switch: '[role=switch]',
  textbox: 'input:not([type]), textarea',
} as const;

/** What no reader meets, with everything in it. */
const HIDDEN = '[aria-hidden=true], [hidden], [style*="display: none"]';

type Role = keyof typeof ROLES;

type ElementOf<R extends Role> = R extends 'combobox'
  ? HTMLSelectElement
  : R extends 'radio' | 'searchbox' | 'slider' | 'textbox'
    ? HTMLInputElement
    : HTMLElement;

/** Everything of a role on the page, dialogs that stand beside the app included, as a screen reader meets it. */
export function allByRole(role: Role): HTMLElement[] {
  const found = Array.from(document.querySelectorAll<HTMLElement>(ROLES[role]));
  return found.filter((element) => element.closest(HIDDEN) === null);
}

/** @param name the whole name, or what it begins or ends with as an expression. */
export function queryByRole(role: Role, name?: string | RegExp): HTMLElement | undefined {
  const matches = (own: string) =>
    name === undefined || (typeof name === 'string' ? own === name : name.test(own));
  return allByRole(role).find((element) => matches(nameOf(element)));
}

/** @throws where there is none, with the names that there are. */
export function byRole<R extends Role>(role: R, name?: string | RegExp): ElementOf<R> {
  const found = queryByRole(role, name);
  if (found !== undefined) return found as ElementOf<R>;
  throw new Error(`no ${role} ${String(name)} among ${JSON.stringify(allByRole(role).map(nameOf))}`);
}

/** The name by which assistive technology knows an element, as far as this app gives names. */
export function nameOf(element: Element): string {
  const labelledBy = element.getAttribute('aria-labelledby');
  if (labelledBy !== null) return tidy(labelledBy.split(' ').map(labelWith).join(' '));
  const own = element.getAttribute('aria-label') ?? element.getAttribute('alt');
  return tidy(own ?? labelTextOf(element) ?? wordsIn(element));
}

/** What an element says, without what is hidden from readers. */
export function wordsIn(element: Element): string {
  const words = Array.from(element.childNodes, (node) => {
    if (!(node instanceof Element)) return node.nodeType === Node.TEXT_NODE ? (node.nodeValue ?? '') : '';
    if (node.getAttribute('aria-hidden') === 'true') return '';
    return node.getAttribute('alt') ?? wordsIn(node);
  });
  return tidy(words.join(' '));
}

function labelWith(id: string): string {
  const label = document.getElementById(id);
  if (label === null) throw new Error(`nothing has the id ${id} that a name refers to`);
  return label.getAttribute('aria-label') ?? wordsIn(label);
}

function labelTextOf(element: Element): string | undefined {
  const id = element.getAttribute('id');
  const label =
    element.tagName === 'FIELDSET'
      ? element.querySelector('legend')
      : ((id === null ? null : document.querySelector(`label[for="${id}"]`)) ?? element.closest('label'));
  return label === null ? undefined : wordsIn(label);
}

function tidy(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
