import { UserError } from '../src/domain/errors.ts';
import { digestOf } from '../src/domain/json.ts';
import type { Forge } from '../src/forge.ts';
import type { Replies } from '../src/ports/chat.ts';
import { type Incoming, replyAddressOf } from '../src/ports/incoming.ts';
import type { Log } from '../src/ports/log.ts';
import type { People, Person } from '../src/ports/people.ts';
import { plainMessage } from '../views/blocks.ts';
import { TELLING_FIELDS } from '../views/deploy-form.ts';
import { type Admission, admissionOf } from './admission.ts';
import { authorise, membershipOf, rolesIn } from './authorise.ts';
import type { Asking, Reply } from './command.ts';
import { explain } from './explain.ts';
import { commandNamed } from './find-command.ts';
import { inChannel } from './hidden-part.ts';
import { pageOf } from './home.ts';
import type { Homes } from './homes.ts';
import { otherVersion } from './other-version.ts';
import { type Acting, read } from './read.ts';

export type Desk = { forge: Forge; people: People; replies: Replies; log: Log; homes: Homes };

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
      if (opened.kind === 'expired') await replies.privately(address, answer.otherwise);
      else if (answer.refreshed !== undefined && opened.view !== undefined) {
        const form = inChannel(await answer.refreshed(), address.channel);
        await replies.updateForm(opened.view, form, { asOf: incoming.receivedAt });
      }
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
    const page = pageOf(typeof incoming.value === 'string' ? incoming.value : '');
    await desk.homes.show(incoming.userId, admission, page);
    return { kind: 'silent' };
  }
  if (admission.kind === 'denied') throw new UserError(admission.reason);
  const asking = askingOf(incoming, admission.person, desk);
  if (await refreshForm(incoming, asking, desk)) return { kind: 'silent' };
  return carryOut(incoming, asking, desk);
}

/** Whether it was a choice in a form that shows at once what would come of it. */
async function refreshForm(incoming: Acting, asking: Asking, { replies }: Desk): Promise<boolean> {
  if (incoming.kind !== 'press' || incoming.view?.type !== 'modal') return false;
  const { view, actionId, receivedAt } = incoming;
  const command = commandNamed(view.callbackId);
  if (command?.refreshed === undefined || !TELLING_FIELDS.includes(actionId)) return false;
  const form = await command.refreshed(view.values, asking);
  await replies.updateForm(
    view.id,
    { ...form, private_metadata: view.privateMetadata },
    { asOf: receivedAt },
  );
  return true;
}

/** Nobody is written to about a Home: what keeps it from showing how things are, it says itself. */
async function openHome(incoming: Extract<Incoming, { kind: 'home-opened' }>, desk: Desk): Promise<void> {
  const { userId } = incoming;
  const admission = await admissionOf(userId, desk.people).catch(
    (error: unknown): Admission => ({ kind: 'denied', reason: explain(error, incoming, desk.log).text }),
  );
  await desk.homes.show(userId, admission);
}

function isRefresh(incoming: Acting): incoming is Extract<Acting, { kind: 'press' }> {
  return incoming.kind === 'press' && incoming.actionId === 'home';
}

async function carryOut(incoming: Acting, asking: Asking, { people }: Desk): Promise<Reply> {
  const { command, reading } = await read(incoming, asking);
  if (reading.kind === 'reply') return reading.reply;
  const accepted = command.accept(reading.value);
  if (accepted.kind === 'accepted') {
    const { forge, person } = asking;
    const place = await accepted.place(forge);
    await authorise(person, { act: command.act, ...place }, { policy: forge.policy, people });
    return accepted.run(asking);
  }
  if (incoming.kind === 'press') throw otherVersion('button');
  throw new UserError(`Nothing was done. ${accepted.issues.map(({ message }) => message).join(' ')}`);
}

function askingOf(incoming: Acting, person: Person, { forge, people }: Desk): Asking {
  const via = ({ command: 'command', press: 'button', submission: 'form', shortcut: 'command' } as const)[
    incoming.kind
  ];
  const isHome = incoming.kind === 'press' && incoming.view?.type === 'home';
  return {
    caller: {
      actor: { kind: 'person', userId: person.id, via: isHome ? 'home' : via },
      arrival: incoming.id,
      ...(incoming.kind === 'submission' ? { form: sentForm(incoming) } : {}),
    },
    person,
    forge,
    roles: (place) => rolesIn(place, person, { policy: forge.policy, people }),
    permit: async (needed, userId) =>
      authorise(userId === undefined ? person : await memberOf(userId, people), needed, {
        policy: forge.policy,
        people,
      }),
    membership: (options) => membershipOf(person, { policy: forge.policy, people }, options),
  };
}

/** The same form with the same in it, whatever is said about why: Slack lets it be sent again after it was not answered. */
function sentForm({ viewId, privateMetadata, values }: Extract<Incoming, { kind: 'submission' }>): string {
  const { why: _said, ...fields } = values;
  return `form:${viewId}:${digestOf({ privateMetadata, fields })}`;
}

/** Somebody else than the one who asks. Throws a `UserError` for whoever may not use Forge. */
async function memberOf(userId: string, people: People): Promise<Person> {
  const admission = await admissionOf(userId, people);
  if (admission.kind === 'admitted') return admission.person;
  throw new UserError(
    `<@${userId}> is not a full member of this workspace, so they may not use Forge. Nothing was done.`,
  );
}
