import { UserError } from '../src/domain/errors.ts';
import type { Forge } from '../src/forge.ts';
import type { Replies } from '../src/ports/chat.ts';
import { type Incoming, replyAddressOf } from '../src/ports/incoming.ts';
import type { Log } from '../src/ports/log.ts';
import type { People, Person } from '../src/ports/people.ts';
import { plainMessage } from '../views/blocks.ts';
import { type Admission, admissionOf } from './admission.ts';
import type { Asking, Reply } from './command.ts';
import { explain } from './explain.ts';
import { inChannel } from './hidden-part.ts';
import { showHome } from './home.ts';
import { otherVersion } from './other-version.ts';
import { type Acting, read } from './read.ts';

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
      const opened = await replies.openForm(address, inChannel(answer.form, address.channel));
      if (opened === 'expired') await replies.privately(address, answer.otherwise);
    }
    return answer.kind;
  } catch (error) {
    const { text, outcome } = explain(error, incoming, desk.log);
    // Who only looked at the Home asked for nothing: a message about it would puzzle them.
    if (incoming.kind !== 'home-opened') await replies.privately(address, plainMessage(text));
    return outcome;
  }
}

async function answerTo(incoming: Incoming, desk: Desk): Promise<Reply> {
  if (incoming.kind === 'closing') return { kind: 'silent' };
  if (incoming.kind === 'home-opened') {
    await openHome(incoming, desk);
    return { kind: 'silent' };
  }
  const admission = await admissionOf(incoming.userId, desk.people);
  if (isRefresh(incoming)) {
    await showHome(incoming.userId, admission, desk);
    return { kind: 'silent' };
  }
  if (admission.kind === 'denied') throw new UserError(admission.reason);
  return carryOut(incoming, askingOf(incoming, admission.person, desk.forge));
}

/** Nobody is written to about a Home: what keeps it from showing how things are, it says itself. */
async function openHome(incoming: Extract<Incoming, { kind: 'home-opened' }>, desk: Desk): Promise<void> {
  const { userId } = incoming;
  const admission = await admissionOf(userId, desk.people).catch(
    (error: unknown): Admission => ({ kind: 'denied', reason: explain(error, incoming, desk.log).text }),
  );
  await showHome(userId, admission, desk);
}

function isRefresh(incoming: Acting): boolean {
  return incoming.kind === 'press' && incoming.actionId === 'home';
}

async function carryOut(incoming: Acting, asking: Asking): Promise<Reply> {
  const { command, reading } = await read(incoming, asking);
  if (reading.kind === 'reply') return reading.reply;
  const accepted = command.accept(reading.value);
  if (accepted.kind === 'accepted') return accepted.run(asking);
  if (incoming.kind === 'press') throw otherVersion('button');
  throw new UserError(`Nothing was done. ${accepted.issues.map(({ message }) => message).join(' ')}`);
}

function askingOf(incoming: Acting, person: Person, forge: Forge): Asking {
  const via = ({ command: 'command', press: 'button', submission: 'form' } as const)[incoming.kind];
  const isHome = incoming.kind === 'press' && incoming.view?.type === 'home';
  return {
    caller: {
      actor: { kind: 'person', userId: person.id, via: isHome ? 'home' : via },
      arrival: incoming.id,
    },
    person,
    forge,
  };
}
