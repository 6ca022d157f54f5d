/** The first page. */
export function page({ version }) {
  return `<!doctype html><title>Acme</title><h1>${escaped(version)}</h1>\n`;
}

export function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
