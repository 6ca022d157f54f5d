import { words } from './words.ts';

const bytesPerUnit = { KB: 1_000, MB: 1_000_000 } as const;

/** An amount of text in words, `200 KB` or `1 MB`; read as bytes. */
export const Size = words({
  what: 'an amount of text',
  how: 'Write a whole number with its unit, like 200 KB or 1 MB; at most 10 MB.',
  pattern: /^(?:[1-9]\d{0,3} ?KB|(?:[1-9]|10) ?MB)$/,
}).transform((text) => Number.parseInt(text, 10) * bytesPerUnit[text.endsWith('KB') ? 'KB' : 'MB']);
