import type { PolicyChange } from '../src/domain/policy-changes.ts';
import type { Message } from '../src/ports/chat.ts';
import type { ReloadOutcome } from '../src/use-cases/reload-policy.ts';
import { context, section } from './blocks.ts';
import { code, quoted } from './text.ts';

/** More are counted. */
const MOST_SHOWN = 15;

const STAYS = 'What was in force stays in force.';

/** What came of reading the policy file again. */
export function reloadMessage(outcome: ReloadOutcome): Message {
  switch (outcome.kind) {
    case 'invalid': {
      const title = `The policy file is not right, so it was not taken. ${STAYS}`;
      return withLines(
        title,
        outcome.problems.map((problem) => quoted(problem, 500)),
      );
    }
    case 'unchanged':
      return withLines('The policy file says what it said before: nothing is different now.', []);
    case 'in-use': {
      const title = `The policy file changes where a service runs that is being deployed just now, so it was not taken. ${STAYS} Reload again when this has ended:`;
      return withLines(
        title,
        outcome.deployments.map(
          ({ number, service, environment }) => `#${number}, ${quoted(service)} in ${quoted(environment)}`,
        ),
      );
    }
    case 'reloaded': {
      const message = withLines(
        'The policy file as it is now is in force. What is different:',
        outcome.changes.map(changeLine),
      );
      if (outcome.waiting === 0) return message;
      const note = waitingNote(outcome.waiting);
      return {
        ...message,
        text: `${message.text}\n${note}`,
        blocks: [...message.blocks, context(note)],
      };
    }
  }
}

function waitingNote(waiting: number): string {
  const one =
    'One deployment has not begun and is looked at again: votes it has from before are void, and people are asked anew where they must be.';
  return waiting === 1
    ? one
    : `${waiting} deployments have not begun and are looked at again: votes they have from before are void, and people are asked anew where they must be.`;
}

function withLines(title: string, lines: readonly string[]): Message {
  const shown = lines.slice(0, MOST_SHOWN).map((line) => `• ${line}`);
  const left = lines.length - shown.length;
  const all = [...shown, ...(left > 0 ? [`… and ${left} more`] : [])];
  return {
    text: [title, ...all].join('\n'),
    blocks: [section(title), ...(all.length === 0 ? [] : [section(all.join('\n'))])],
  };
}

function changeLine(change: PolicyChange): string {
  switch (change.of) {
    case 'environment':
    case 'service': {
      const named = `the ${change.of} ${quoted(change.name)}`;
      return change.kind === 'changed'
        ? `${named}: ${partsNamed(change.parts)}`
        : `${named} was ${change.kind}`;
    }
    case 'people':
      return change.environments.length === 0
        ? 'people, for the whole company'
        : `people, in ${change.environments.map((name) => quoted(name)).join(', ')}`;
    case 'timing':
      return change.of;
    case 'github':
      return change.parts.length === 0
        ? 'github, from the next start of Forge on'
        : `github: ${change.parts.map(code).join(', ')}`;
    case 'schedules':
    case 'runner':
      return `${change.of}, from the next start of Forge on`;
  }
}

/** As the file calls them, where it does so in other words. */
const fileWords: Readonly<Record<string, string>> = {
  branch: 'deploys',
  deadMan: 'dead man switch',
  defaultService: 'default service',
  triggers: 'deploys',
};

function partsNamed(parts: readonly string[]): string {
  const words = new Set(parts.map((part) => fileWords[part] ?? part));
  return [...words].map(code).join(', ');
}
