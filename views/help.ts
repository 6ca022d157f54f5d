import type { KnownBlock } from '@slack/types';
import type { Message } from '../src/ports/chat.ts';
import type { Person } from '../src/ports/people.ts';
import { context, plainMessage, section } from './blocks.ts';
import { escaped, quoted } from './text.ts';

export type HelpEntry = { usage: string; summary: string };

export function helpMessage(entries: readonly HelpEntry[], examples: readonly string[]): Message {
  const lines = entries.map(({ usage, summary }) => `\`/forge ${escaped(usage)}\`  ${escaped(summary)}`);
  const blocks: KnownBlock[] = [
    section('*What you can type.* Plain words, in any order; what is missing is asked.'),
    section(lines.join('\n')),
    context(`For example: ${examples.map((example) => `\`/forge ${escaped(example)}\``).join(' · ')}`),
    context('`because …` at the end gives a reason. Every button does the same as a typed command.'),
  ];
  return { text: 'What you can type after /forge', blocks };
}

export function whoamiMessage(person: Person, entries: readonly HelpEntry[]): Message {
  const may = entries.map(({ usage }) => `\`${escaped(usage.split(' ')[0] ?? usage)}\``).join(', ');
  const text = `You are <@${person.id}>, a full member of this workspace. Your time zone is ${quoted(person.timeZone, 100)}. You may use: ${may}.`;
  return plainMessage(text);
}
