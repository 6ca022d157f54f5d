const ESCAPE = '\u001B';
const BELL = '\u0007';
const END = `(?:${BELL}|${ESCAPE}\\\\|\u009C)`;

/**
 * Each reads on to the next control character at most, so that the time is in proportion to the text, whatever stands in it: what is foreign
 * may be made of a million beginnings without an end. Source: ECMA-48, section 5.4 and 5.6.
 */
const STRINGS = new RegExp(`(?:${ESCAPE}[\\]PX^_]|[\u0090\u0098\u009D-\u009F])[^\\p{Cc}]*${END}`, 'gu');
const CONTROLS = new RegExp(`(?:${ESCAPE}\\[|\u009B)[0-?]*[ -/]*[@-~]`, 'gu');
const ESCAPES = new RegExp(`${ESCAPE}[ -/]*[0-~]?`, 'gu');

/** Without what tells a terminal to change colours, move its cursor, set its title and the like. Other control characters stay. */
export function withoutControlSequences(text: string): string {
  return text.replace(STRINGS, '').replace(CONTROLS, '').replace(ESCAPES, '');
}
