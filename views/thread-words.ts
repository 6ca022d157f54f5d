import type { Actor } from '../src/domain/actor.ts';
import type { Deployment } from '../src/domain/deployment.ts';
import type { PeoplePolicy, Subject } from '../src/domain/people-policy.ts';
import { releaseBefore } from './deployment-words.ts';
import { mentionOf } from './mentions.ts';
import { escaped, quoted, sentence } from './text.ts';

/** What people call the service, and who is told when something must be done. */
export type People = {
  title: string;
  admins: readonly string[];
  /** People and groups who are called when a rollback does not get on. Empty: the admins are. */
  commanders: readonly string[];
  /** Who may do what: those who must approve or consent are called by it. */
  policy: PeoplePolicy;
};

/** What is live again where it does not come about. */
export function before(deployment: Deployment, region?: string): string {
  return escaped(releaseBefore(deployment, region));
}

/** At the beginning of a sentence. */
export function capital(text: string): string {
  return text.startsWith('the newer ') ? `T${text.slice(1)}` : text;
}

/** What people do about trouble that Forge tells of and does not wait with. */
export const LOOK = 'Look at it; Forge goes on meanwhile.';

/** Foreign words as a sentence. */
export function told(text: string, most: number): string {
  return sentence(quoted(text, most));
}

/** Those who must act, each once. */
export function mentioned({ requestedBy }: Deployment, { admins }: People): string {
  return allOf([requestedBy], admins);
}

/** Those who are called while a rollback does not get on, with a space after them; nobody once somebody is on it. */
export function called(deployment: Deployment, people: People): string {
  return deployment.acknowledgedBy === undefined ? `${onDuty(deployment, people)} ` : '';
}

/** Who is on duty, and whoever asked for it and decided about it, each once. */
export function onDuty(
  { requestedBy, emergency }: Pick<Deployment, 'requestedBy' | 'emergency'>,
  { admins, commanders }: People,
): string {
  const duty = commanders.length > 0 ? commanders : admins;
  return allOf(emergency === undefined ? [requestedBy] : [emergency.by, requestedBy], duty);
}

function allOf(actors: readonly Actor[], ids: readonly Subject[]): string {
  const mentions = [...new Set([...actors.flatMap(mentionsOf), ...ids.map(mentionOf)])];
  return mentions.length === 0 ? 'Whoever looks after this:' : mentions.join(' ');
}

/** A mention of who asked for it, or pushed it; none where it is nobody of the workspace. */
export function mentionsOf(actor: Actor): string[] {
  const person = actor.kind === 'person' ? actor.userId : undefined;
  const pusher = actor.kind === 'trigger' ? actor.pusher?.person : undefined;
  return [person, pusher].filter((one) => one !== undefined).map((one) => `<@${one}>`);
}

/** People and groups called in one line; the message names the others. */
const MOST_CALLED = 10;

/** Mentions before what they are called for, with a space after them. */
export function calling(mentions: readonly string[]): string {
  return mentions.length === 0 ? '' : `${mentions.slice(0, MOST_CALLED).join(' ')} `;
}
