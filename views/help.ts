import type { KnownBlock } from '@slack/types';
import type { Message } from '../src/ports/chat.ts';
import { context, section } from './blocks.ts';
import { LIMITS } from './limits.ts';
import { escaped } from './text.ts';

export type HelpEntry = { usage: string; summary: string };

/** Sections the list may take; what does not fit into them is cut. */
const MOST_SECTIONS = 3;

export function helpMessage(entries: readonly HelpEntry[], examples: readonly string[]): Message {
  const lines = entries.map(({ usage, summary }) => `\`/forge ${escaped(usage)}\`  ${escaped(summary)}`);
  const blocks: KnownBlock[] = [
    section('*What you can type.* Plain words, in any order; what is missing is asked.'),
    ...inSections(lines).map((some) => section(some.join('\n'))),
    context(`For example: ${examples.map((example) => `\`/forge ${escaped(example)}\``).join(' · ')}`),
    context('`because …` at the end gives a reason. Every button does the same as a typed command.'),
  ];
  return { text: 'What you can type after /forge', blocks };
}

/** Slack takes only so much in one section. */
function inSections(lines: readonly string[]): string[][] {
  const sections: string[][] = [];
  let [current, length]: [string[], number] = [[], 0];
  for (const line of lines) {
    const isFull = length + line.length + 1 > LIMITS.sectionText;
    if (sections.length === 0 || (isFull && sections.length < MOST_SECTIONS)) {
      [current, length] = [[], 0];
      sections.push(current);
    }
    current.push(line);
    length += line.length + 1;
  }
  return sections;
}
