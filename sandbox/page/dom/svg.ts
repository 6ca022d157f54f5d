import type { Attributes } from './element.ts';
import { setAttributes } from './element.ts';

const SVG = 'http://www.w3.org/2000/svg';

/** Builds a part of a drawing, as `element` builds one of the page. Its looks come from classes: see page.ts. */
export function svg<Tag extends keyof SVGElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  children: readonly (Node | undefined)[] = [],
): SVGElementTagNameMap[Tag] {
  const created = document.createElementNS(SVG, tag);
  setAttributes(created, attributes);
  for (const child of children) {
    if (child !== undefined) created.append(child);
  }
  return created;
}
