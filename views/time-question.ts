import type { Message } from '../src/ports/chat.ts';
import { actions, button, section } from './blocks.ts';
import { quoted } from './text.ts';

/** A time somebody typed that the clock shows twice: each button is the command with one of the two. */
export function timeQuestion(content: {
  command: string;
  /** The words for the time, as typed. */
  said: string;
  /** IANA zone. */
  zone: string;
  options: readonly { label: string; value: unknown }[];
}): Message {
  const { command, said, zone, options } = content;
  const text = `The clocks go back then in ${quoted(zone, 100)}, so “${quoted(said, 200)}” comes twice. Which one do you mean? Nothing was done yet.`;
  const buttons = options.map(({ label, value }) => button({ command, text: label, value }));
  // A block of its own each: two buttons of one block may not stand for the same command.
  return { text, blocks: [section(text), ...buttons.map((one) => actions([one]))] };
}
