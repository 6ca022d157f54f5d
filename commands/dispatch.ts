import { randomUUID } from 'node:crypto';
import { messageOf, UserError } from '../src/domain/errors.ts';
import { nearest } from '../src/domain/nearest.ts';
import { permission } from '../src/domain/permission.ts';
import type { Forge } from '../src/forge.ts';
import type { Replies } from '../src/ports/chat.ts';
import { type Incoming, replyAddressOf } from '../src/ports/incoming.ts';
import type { Log } from '../src/ports/log.ts';
import type { People, Person } from '../src/ports/people.ts';
import { PlatformRefused, PlatformUnavailable } from '../src/ports/platform.ts';
import { plainMessage } from '../views/blocks.ts';
import { closedHomeView } from '../views/home.ts';
import { escaped, refusal } from '../views/text.ts';
import type { AnyCommand, Asking, Reading, Reply } from './command.ts';
import { publishHome } from './home.ts';
import { commands } from './index.ts';
import { sortWords } from './words.ts';

export type Desk = { forge: Forge; people: People; replies: Replies; log: Log };

/**
 * Does what arrived and answers the person: find the command, read its input, ask permission, run, reply.
 * Never throws for anything a person did. Returns a word for the record.
 */
export async function dispatch(incoming: Incoming, desk: Desk): Promise<string> {
  const { replies } = desk;
  const address = replyAddressOf(incoming);
  try {
    const answer = await answerTo(incoming, desk);
    if (answer.kind === 'private') await replies.privately(address, answer.message);
    if (answer.kind === 'form') {
      const opened = await replies.openForm(address, answer.form);
      if (opened === 'expired') await replies.privately(address, answer.otherwise);
    }
    return answer.kind;
  } catch (error) {
    const { text, outcome } = explain(error, incoming, desk.log);
    await replies.privately(address, plainMessage(text));
    return outcome;
  }
}

async function answerTo(incoming: Incoming, desk: Desk): Promise<Reply> {
  if (incoming.kind === 'closing') return { kind: 'silent' };
  const person = await admitted(incoming, desk);
  if (incoming.kind === 'home-opened') {
    if (typeof person === 'string') await desk.replies.publishHome(incoming.userId, closedHomeView(person));
    else await publishHome(incoming.userId, desk);
    return { kind: 'silent' };
  }
  if (typeof person === 'string') throw new UserError(person);
  const asking = askingOf(incoming, person, desk.forge);
  const { command, reading } = await read(incoming, asking, desk);
  if (reading.kind === 'reply') return reading.reply;
  const accepted = command.accept(reading.value);
  if (accepted.kind === 'accepted') return accepted.run(asking);
  throw new UserError(`Nothing was done. ${accepted.issues.map(({ message }) => message).join(' ')}`);
}

/** The person, or the sentence that says why they may not. A denial is checked once more with fresh facts. */
async function admitted(incoming: Incoming, { people }: Desk): Promise<Person | string> {
  const known = await people.person(incoming.userId);
  if (known !== undefined && permission(known).kind === 'allowed') return known;
  const fresh = await people.person(incoming.userId, { fresh: true });
  const decision = permission(fresh);
  if (decision.kind === 'denied') return decision.reason;
  if (fresh === undefined) throw new Error('Permission was given to nobody');
  return fresh;
}

type Acting = Exclude<Incoming, { kind: 'closing' | 'home-opened' }>;

function askingOf(incoming: Acting, person: Person, forge: Forge): Asking {
  const via = ({ command: 'command', press: 'button', submission: 'form' } as const)[incoming.kind];
  const isHome = incoming.kind === 'press' && incoming.view?.type === 'home';
  return {
    caller: {
      actor: { kind: 'person', userId: person.id, via: isHome ? 'home' : via },
      arrival: incoming.id,
    },
    person,
    channel: incoming.kind === 'submission' ? undefined : incoming.channel,
    forge,
  };
}

async function read(
  incoming: Acting,
  asking: Asking,
  desk: Desk,
): Promise<{ command: AnyCommand; reading: Reading }> {
  switch (incoming.kind) {
    case 'command': {
      const { command, rest } = findCommand(incoming.text);
      return { command, reading: await command.fromWords(sortWords(rest, desk.forge.policy), asking) };
    }
    case 'press': {
      if (incoming.actionId === 'home') {
        await publishHome(incoming.userId, desk);
        return { command: named('help'), reading: { kind: 'reply', reply: { kind: 'silent' } } };
      }
      const command = named(incoming.actionId);
      const value = parsedJson(incoming.value);
      // A button without an input is the bare command: it asks what is missing.
      if (isEmpty(value))
        return { command, reading: await command.fromWords(sortWords('', desk.forge.policy), asking) };
      return { command, reading: { kind: 'input', value } };
    }
    case 'submission': {
      const command = named(incoming.callbackId);
      if (command.fromForm === undefined) throw new Error(`No form belongs to ${command.name}`);
      const value = command.fromForm(incoming.values, parsedJson(incoming.privateMetadata));
      return { command, reading: { kind: 'input', value } };
    }
  }
}

/** The command somebody typed: its name is the first word, or the only one among the words that is a command's. */
export function findCommand(text: string): { command: AnyCommand; rest: string } {
  const trimmed = text.trim();
  if (trimmed === '') return { command: named('help'), rest: '' };
  const reason = /(?:^|\s)because(?:\s|:|$)/iu.exec(trimmed);
  const end = reason === null ? trimmed.length : reason.index;
  const words = trimmed
    .slice(0, end)
    .split(/\s+/u)
    .filter((word) => word !== '');
  const isCommand = (word: string) => Object.hasOwn(commands, word.toLowerCase());
  const [first = ''] = words;
  const name = isCommand(first) ? first : onlyOne(words.filter(isCommand));
  if (name === undefined) throw new UserError(unknownCommand(first));
  const others = words.toSpliced(words.indexOf(name), 1);
  return { command: named(name.toLowerCase()), rest: `${others.join(' ')}${trimmed.slice(end)}` };
}

function onlyOne(words: string[]): string | undefined {
  return words.length === 1 ? words[0] : undefined;
}

function unknownCommand(word: string): string {
  const names = Object.keys(commands);
  const meant = nearest(word, names);
  const hint =
    meant === undefined ? '`/forge help` lists what you can type.' : `Did you mean \`/forge ${meant}\`?`;
  return `Forge does not know “${word}”. ${hint} Nothing was done.`;
}

function named(name: string): AnyCommand {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) {
    throw new UserError(
      'This button belongs to another version of Forge and does nothing any more. `/forge help` lists what you can type.',
    );
  }
  return command;
}

function parsedJson(value: unknown): unknown {
  if (typeof value !== 'string' || value === '') return undefined;
  try {
    return JSON.parse(value);
  } catch (error) {
    throw new UserError(
      'This button carries something Forge cannot read, so nothing was done. Type the command instead.',
      {
        cause: error,
      },
    );
  }
}

function isEmpty(value: unknown): boolean {
  return (
    value === undefined || (typeof value === 'object' && value !== null && Object.keys(value).length === 0)
  );
}

/** What a person is told, and the word for the record. A fault is logged once, here, with the reference they get. */
function explain(error: unknown, incoming: Incoming, log: Log): { text: string; outcome: string } {
  if (error instanceof UserError) return { text: refusal(error.message), outcome: 'refused' };
  if (error instanceof PlatformUnavailable || (error instanceof Error && error.name === 'TimeoutError')) {
    return {
      text: `AWS does not answer at the moment: ${escaped(messageOf(error))}. Nothing was done; try again in a minute.`,
      outcome: 'platform unavailable',
    };
  }
  if (error instanceof PlatformRefused) {
    return { text: `${escaped(error.message)} Nothing was done.`, outcome: 'platform refused' };
  }
  const reference = randomUUID().slice(0, 8);
  log.error('Something a person asked for failed', {
    reference,
    arrival: incoming.id,
    kind: incoming.kind,
    error: messageOf(error),
    stack: error instanceof Error ? error.stack : undefined,
  });
  return {
    text: `Forge had a problem of its own (reference \`${reference}\`) and does not know whether this was done. Look with \`/forge status\`; if nothing is under way, try again. An admin finds the reference in Forge's log.`,
    outcome: `fault ${reference}`,
  };
}
