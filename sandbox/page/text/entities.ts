const CHARACTERS = new Map([
  ['&amp;', '&'],
  ['&lt;', '<'],
  ['&gt;', '>'],
]);

/** Slack's three escapes, decoded once: `&amp;lt;` becomes `&lt;`, never `<`. */
export function decodeEntities(text: string): string {
  return text.replace(/&(?:amp|lt|gt);/g, (entity) => CHARACTERS.get(entity) ?? entity);
}
