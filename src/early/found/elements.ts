const SVG = 'http://www.w3.org/2000/svg';

/** An HTML element. What is given as text is text, whatever stands in it. */
export function element(
  tag: string,
  className: string,
  ...children: readonly (Node | string)[]
): HTMLElement {
  const node = document.createElement(tag);
  if (className !== '') node.className = className;
  node.append(...children);
  return node;
}

/** An SVG element. */
export function vector(tag: string, attributes: Readonly<Record<string, string>>): Element {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
}
