import { banner } from './banner.js';

/** The first page. */
export function page({ version }) {
  return `<!doctype html><title>Acme</title><p role="status">${escaped(banner())}</p><h1>${escaped(version)}</h1><p>The shop is open.</p>\n`;
}

export function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
