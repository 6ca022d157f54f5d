import type { Colour } from './release.ts';
import { isSameSplit, type Split, type TrafficRecord } from './traffic.ts';

/** Where a rule sends traffic; `other`: words for what is no split between the two colours. */
type RuleSplit = Split | { other: string };

/** Who set the weights that the load balancer shows. */
export type WhoseSplit =
  /** All rules are as Forge last wanted them, or as they were when it planned. */
  | { kind: 'ours' }
  /** Forge was interrupted: each rule is as it wanted it last, or as it was before. */
  | { kind: 'unconfirmed' }
  /** The dead-man switch moved at least one rule. */
  | { kind: 'safe' }
  /** Somebody else did. `shown`: words for people, such as `blue 30 % and green 70 %`. */
  | { kind: 'foreign'; shown: string };

export type Seen = {
  rules: readonly { split: RuleSplit }[];
  /** What Forge last wanted of the target, whichever deployment it was for. */
  record: TrafficRecord | undefined;
  /** The deployment that asks. A record of an earlier one says less than what was seen when this one was planned. */
  deployment: number;
  /** What was live when the deployment was planned. */
  planned: Split;
  /** The dead-man switch is armed, or was since the record was made. */
  isArmed: boolean;
};

export function whoseSplit({ rules, record, deployment, planned, isArmed }: Seen): WhoseSplit {
  const own = record?.deployment === deployment ? record : undefined;
  const wanted = own?.split ?? planned;
  if (isAmong([wanted], rules)) return { kind: 'ours' };
  const mine = own === undefined || own.confirmedAt !== undefined ? [wanted] : [wanted, own.before];
  if (isAmong(mine, rules)) return { kind: 'unconfirmed' };
  if (isArmed && own?.safe !== undefined && isAmong([...mine, own.safe], rules)) return { kind: 'safe' };
  return { kind: 'foreign', shown: shownOf(rules.map(({ split }) => split)) };
}

/** What the load balancer says, for people; several rules that disagree are named one after the other. */
export function shownOf(splits: readonly RuleSplit[]): string {
  if (splits.length === 0) return 'no rule at all';
  return [...new Set(splits.map(wordsOf))].join(', elsewhere ');
}

/** `everything on blue`, `blue 30 % and green 70 %`. */
export function splitWords({ blue, green }: Split): string {
  if (green === 0) return 'everything on blue';
  if (blue === 0) return 'everything on green';
  return `blue ${blue} % and green ${green} %`;
}

/** The sentence for people about weights that Forge did not set last. */
export function foreignWords(
  seen: Pick<Seen, 'record' | 'deployment' | 'planned'> & { shown: string },
  place: { title: string; region: string; versions: Partial<Record<Colour, string>> },
): string {
  const { record, deployment, planned, shown } = seen;
  const own = record?.deployment === deployment ? record : undefined;
  const last = own?.split ?? planned;
  return `Somebody else moved the traffic of ${place.title} in ${place.region}: Forge had ${splitWords(last)} (${sinceWhen(own)}), and the load balancer now says ${shown}.${versionsTold(place.versions)}`;
}

/** ` Blue is v1.0.0, green v1.1.0.`: people know releases, not colours. */
function versionsTold({ blue, green }: Partial<Record<Colour, string>>): string {
  if (blue === undefined) return green === undefined ? '' : ` Green is ${green}.`;
  return green === undefined ? ` Blue is ${blue}.` : ` Blue is ${blue}, green ${green}.`;
}

function sinceWhen(own: TrafficRecord | undefined): string {
  if (own === undefined) return 'as it was when this was planned';
  return own.confirmedAt === undefined ? 'not confirmed yet' : `last confirmed at ${timeOf(own.confirmedAt)}`;
}

function timeOf(at: number): string {
  return `${new Date(at).toISOString().slice(11, 19)} UTC`;
}

/** Whether every rule sends all traffic to the colour. */
export function isAllOn(colour: Colour, rules: Seen['rules']): boolean {
  return rules.length > 0 && rules.every(({ split }) => !('other' in split) && split[colour] === 100);
}

/** Whether every rule, and there is one, sends traffic as one of these says. */
export function isAmong(allowed: readonly Split[], rules: Seen['rules']): boolean {
  return (
    rules.length > 0 &&
    rules.every(({ split }) => !('other' in split) && allowed.some((one) => isSameSplit(one, split)))
  );
}

function wordsOf(split: RuleSplit): string {
  return 'other' in split ? `that a rule ${split.other}` : splitWords(split);
}
