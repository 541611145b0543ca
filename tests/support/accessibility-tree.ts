import type { Page } from '@playwright/test';

/** A node as a screen reader meets it. */
export interface AccessibleNode {
  readonly role: string;
  readonly name: string;
  readonly parent: AccessibleNode | undefined;
}

const CONTROLS = [
  'button',
  'checkbox',
  'combobox',
  'link',
  'listbox',
  'menuitem',
  'menuitemradio',
  'option',
  'radio',
  'searchbox',
  'slider',
  'spinbutton',
  'switch',
  'tab',
  'textbox',
];
const DIALOGS = ['dialog', 'alertdialog'];
const PICTURES = ['img', 'image'];
const GROUPS = ['list', 'navigation', 'radiogroup', 'region'];

/** What means nothing to anybody who does not know what it is called. */
const NAMED: ReadonlySet<string> = new Set([...CONTROLS, ...DIALOGS, ...PICTURES, ...GROUPS]);

/** Within one of these, things stand side by side. */
const FRAMES: ReadonlySet<string> = new Set([
  ...DIALOGS,
  ...GROUPS,
  'banner',
  'contentinfo',
  'descriptionlist',
  'form',
  'group',
  'main',
  'RootWebArea',
  'search',
]);

/** Chromium's accessibility tree of the page, in its order: only what a screen reader meets. */
export async function readTree(page: Page): Promise<AccessibleNode[]> {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  await session.detach();
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const read = new Map<string, AccessibleNode>();

  /** The node, or the nearest one above it that is met. */
  function nodeOf(id: string | undefined): AccessibleNode | undefined {
    const node = id === undefined ? undefined : byId.get(id);
    if (node === undefined) return undefined;
    if (node.ignored) return nodeOf(node.parentId);
    const known = read.get(node.nodeId);
    if (known !== undefined) return known;
    const role = String(node.role?.value ?? '');
    const name = String(node.name?.value ?? '').trim();
    const made = { role, name, parent: nodeOf(node.parentId) };
    read.set(node.nodeId, made);
    return made;
  }

  for (const { nodeId, ignored } of nodes) if (!ignored) nodeOf(nodeId);
  return [...read.values()];
}

/** What a viewer who only hears the page could not tell, one line each. */
export function unclearNames(tree: readonly AccessibleNode[]): string[] {
  const named = tree.filter(({ role }) => NAMED.has(role));
  const nameless = named.filter(({ name }) => name === '').map((node) => `no name: ${pathOf(node)}`);
  const seen = new Map<AccessibleNode | undefined, Set<string>>();
  const same = named.filter((node) => {
    if (node.name === '' || isPartOfControl(node)) return false;
    const frame = frameOf(node);
    const beside = seen.get(frame) ?? new Set();
    seen.set(frame, beside);
    const called = `${node.role} ${node.name}`;
    return beside.has(called) || !beside.add(called);
  });
  return [...nameless, ...same.map((node) => `same name as one beside it: ${pathOf(node)}`)];
}

/** The links of the list with one of these names. */
export function linksIn(tree: readonly AccessibleNode[], list: RegExp): AccessibleNode[] {
  return tree.filter((node) => {
    const frame = frameOf(node);
    return node.role === 'link' && frame?.role === 'list' && list.test(frame.name);
  });
}

function frameOf({ parent }: AccessibleNode): AccessibleNode | undefined {
  return parent === undefined || isFrame(parent) ? parent : frameOf(parent);
}

function isFrame({ role }: AccessibleNode): boolean {
  return FRAMES.has(role) || FRAMES.has(role.toLowerCase());
}

/** A picture in a button, or an option in its box: read with it. */
function isPartOfControl({ parent }: AccessibleNode): boolean {
  if (parent === undefined) return false;
  return (CONTROLS.includes(parent.role) && parent.name !== '') || isPartOfControl(parent);
}

/** "main › list “Search results” › link “”" */
function pathOf(node: AccessibleNode): string {
  const path: string[] = [];
  for (let at: AccessibleNode | undefined = node; at !== undefined; at = at.parent) {
    const isSaid = at === node || (isFrame(at) && at.role !== 'RootWebArea');
    if (isSaid) path.unshift(at.role === 'main' ? at.role : `${at.role} “${at.name}”`);
  }
  return path.join(' › ');
}
