import { words } from './words.ts';

const how = 'Write it with its sign, like 1%, 0.5% or 80%.';
const pattern = /^(?!0+(?:\.0+)?%)(?:100|\d{1,2}(?:\.\d{1,3})?)%$/;

/** A share in words, `0.5%`; read as a number from 0 to 1. Never 0: nothing could be less. */
export const Percent = words({ what: 'a share in percent', how, pattern }).transform(shareOf);

/** The same, or `off`. */
export const PercentOrOff = words({
  what: 'a share in percent',
  how: `${how} Or write off.`,
  pattern: new RegExp(`^off$|${pattern.source}`),
}).transform((text) => (text === 'off' ? text : shareOf(text)));

/** Expects text that `Percent` accepted. */
function shareOf(text: string): number {
  // Divided as written: 0.7 / 100 is not 0.007 in binary.
  return Number(`${text.slice(0, -1)}e-2`);
}
