import type { Message } from '../../sandbox/client.ts';
import { plainText } from '../../sandbox/plain-text.ts';
import { deploymentMessages, type Observation } from './observation.ts';

export type Round = {
  /** What the person asked for, and what was live when they did. */
  asked: string;
  liveBefore: string;
  acked: boolean;
  before: Observation;
};

export type Ending = { kind: 'succeeded' | 'put-back' };

/** How a deployment's message says it ended; undefined while it does not say so. */
export function endingOf(message: Message): Ending | undefined {
  if (/ is live on | was live on |^Undone by |: Undone by /.test(message.text)) return { kind: 'succeeded' };
  if (/Failed: .* (?:did not go live|was taken away again)|Aborted: .* is back/.test(message.text))
    return { kind: 'put-back' };
  return undefined;
}

/** Everything that is not as promised after a round, in sentences; empty when all is well. */
export function violations(round: Round, after: Observation): string[] {
  const numbersBefore = new Set(deploymentMessages(round.before.messages).map(({ number }) => number));
  const fresh = deploymentMessages(after.messages).filter(({ number }) => !numbersBefore.has(number));
  const numbers = [...new Set(fresh.map(({ number }) => number))];
  const [first] = fresh;
  if (first === undefined) return round.acked ? ['the acknowledged command produced no deployment'] : [];
  const found: string[] = [];
  if (numbers.length > 1) found.push(`one command produced deployments ${numbers.join(', ')}`);
  if (fresh.length > numbers.length) found.push(`a deployment has ${fresh.length} messages`);
  found.push(...endViolations(round, first.message, after));
  found.push(...threadViolations(first.message, after.messages));
  found.push(...effectViolations(round, first.message, after));
  return found;
}

function endViolations(round: Round, message: Message, after: Observation): string[] {
  const ending = endingOf(message);
  if (ending === undefined) return [`the message shows no end: ${message.text}`];
  const expected = ending.kind === 'succeeded' ? round.asked : round.liveBefore;
  const found: string[] = [];
  if (after.liveVersion !== expected) {
    found.push(`“${message.text}”, but ${after.liveVersion ?? 'nothing'} is live instead of ${expected}`);
  }
  const unfinished = plainText(message.blocks).filter((line) => line.includes('(in_progress)'));
  if (unfinished.length > 0) found.push(`the ended message still shows ${unfinished.join(', ')}`);
  return found;
}

function threadViolations(message: Message, messages: readonly Message[]): string[] {
  const tellsThePerson = threadOf(message, messages).some((line) => line.includes('<@'));
  const found = repeatedLines(message, messages);
  return tellsThePerson ? found : [...found, 'the thread does not tell the person how it ended'];
}

/** What is there more than once and must not be: messages of a deployment, lines of a thread. */
export function duplicates(messages: readonly Message[]): string[] {
  const found: string[] = [];
  const numbers = new Set<number>();
  for (const { number, message } of deploymentMessages(messages)) {
    if (numbers.has(number)) found.push(`#${number} has several messages`);
    numbers.add(number);
    found.push(...repeatedLines(message, messages));
  }
  return found;
}

function repeatedLines(message: Message, messages: readonly Message[]): string[] {
  const lines = threadOf(message, messages);
  return [...new Set(lines)].flatMap((line) => {
    const times = lines.filter((other) => other === line).length;
    return times > 1 ? [`the thread of “${message.text}” says ${times} times: ${line}`] : [];
  });
}

function threadOf(message: Message, messages: readonly Message[]): string[] {
  return messages.filter(({ threadTs }) => threadTs === message.ts).map(({ text }) => text);
}

/** A deployment is one new revision and one rollout; putting back is one rollout more. */
function effectViolations(round: Round, message: Message, after: Observation): string[] {
  const found: string[] = [];
  const revisions = after.revision - round.before.revision;
  if (revisions > 1) found.push(`${revisions} task definitions were registered for one deployment`);
  const rollouts = [...after.rollouts].filter((id) => !round.before.rollouts.has(id)).length;
  const allowed = endingOf(message)?.kind === 'put-back' ? 2 : 1;
  if (rollouts > allowed) found.push(`ECS saw ${rollouts} rollouts for one deployment`);
  return found;
}
