/** Text of a page, safe as it is. */
export type Html = { readonly html: string };
type Part = string | number | Html | readonly Html[];

/** A template whose values are escaped, unless they are Html themselves. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return { html: strings.map((string, index) => string + textOf(parts[index] ?? '')).join('') };
}

function textOf(part: Part): string {
  if (typeof part !== 'object') return escaped(String(part));
  return 'html' in part ? part.html : part.map((one) => one.html).join('');
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
