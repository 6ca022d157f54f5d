import type { Button } from '@slack/types';
import {
  type ActPlace,
  allowedTo,
  isGroup,
  type PeoplePolicy,
  type Subject,
} from '../src/domain/people-policy.ts';
import type { Act } from '../src/domain/roles.ts';
import { mentionOf } from './mentions.ts';
import { escaped } from './text.ts';

/** What a button's command needs; each command says the same of itself. */
const acts: Readonly<Record<string, Act>> = {
  pause: 'pause',
  resume: 'resume',
  happened: 'resume',
  skip: 'skip',
  abort: 'abort',
  rollback: 'rollback',
  ack: 'acknowledge',
  takeover: 'take-over',
  consent: 'consent',
  emergency: 'emergency',
  reschedule: 'schedule',
  revert: 'ship',
  retry: 'deploy',
  tick: 'deploy',
  automatic: 'deploy',
};

/** Who is named; more are counted. */
const MOST_NAMED = 5;

type Allowed = 'everyone' | readonly Subject[];

/** What decides who may press what. */
export type Pressers = {
  people: PeoplePolicy;
  /** By command: who may press what roles alone do not decide. */
  others?: Readonly<Record<string, Allowed>>;
  /** By command: people who may not, whatever they are besides. */
  except?: Readonly<Record<string, readonly Subject[]>>;
};

/** The buttons that somebody could use. */
export function usable(buttons: readonly Button[], place: ActPlace, pressers: Pressers): Button[] {
  return buttons.filter((button) => whoMayPress(button, place, pressers).length > 0);
}

/** Who may press which button, as a sentence in markup. */
export function whoMay(buttons: readonly Button[], place: ActPlace, pressers: Pressers): string {
  const told = buttons.map((button) => ({
    text: `“${escaped(button.text.text)}”`,
    who: whoTold(button, place, pressers),
  }));
  const groups = [...Map.groupBy(told, ({ who }) => who)];
  const [first] = groups;
  if (groups.length === 1 && first?.[0] === ANYBODY) return 'Any member of the workspace may do this.';
  const parts = groups.map(([who, of]) => `${of.map(({ text }) => text).join(', ')}: ${who}`);
  return `${parts.join('; ')}.`;
}

const ANYBODY = 'any member of the workspace';

function whoTold(button: Button, place: ActPlace, pressers: Pressers): string {
  const allowed = whoMayPress(button, place, pressers);
  const hidden = pressers.except?.[button.action_id ?? ''] ?? [];
  const isVague = allowed === 'everyone' || allowed.some(isGroup);
  const but = isVague && hidden.length > 0 ? `, but not ${hidden.map(mentionOf).join(' or ')}` : '';
  return `${allowed === 'everyone' ? ANYBODY : `only ${named(allowed)}`}${but}`;
}

function whoMayPress(
  { action_id: command = '' }: Button,
  place: ActPlace,
  { people, others = {} }: Pressers,
): Allowed {
  const other = others[command];
  if (other !== undefined) return other;
  const act = acts[command];
  return act === undefined ? 'everyone' : allowedTo(act, place, people);
}

function named(subjects: readonly Subject[]): string {
  const shown = subjects.slice(0, MOST_NAMED).map(mentionOf);
  const left = subjects.length - shown.length;
  return [...shown, ...(left > 0 ? [`${left} more`] : [])].join(', ');
}
