import type { Colour } from '../../src/domain/release.ts';
import {
  isSameSplit,
  otherColour,
  type Split,
  splitTo,
  type TrafficRecord,
} from '../../src/domain/traffic.ts';
import { whereTo } from '../../src/domain/where-to.ts';
import { foreignWords, isAllOn, isAmong, shownOf, whoseSplit } from '../../src/domain/whose-split.ts';
import type { TrafficLook } from './look.ts';

/** What to do next to have all traffic on one colour. */
export type NextMove =
  /** It is there, and Forge has nothing to say about it that is not known. */
  | { kind: 'there' }
  | { kind: 'move'; split: Split /** Why a person is called all the same. */; trouble?: string }
  /** The colour is to get more healthy tasks first. `isUrgent`: a person is called now. */
  | { kind: 'strengthen'; with: 'tasks' | 'revision'; reason: string; isUrgent: boolean }
  /** Somebody else set the weights, and nobody agreed to have them overridden. */
  | { kind: 'foreign'; reason: string };

type Request = { to: Colour; needs: number; deployment: number; region: string; version: string };

/**
 * Pure. Weights of somebody else are never overridden silently; where they send everything to the colour that is wanted,
 * there is nothing to override.
 */
export function decideReturn(look: TrafficLook, request: Request): NextMove {
  const { rules } = look.traffic;
  const { to, deployment, region, version } = request;
  const record = look.record ?? undefined;
  const own = record?.deployment === deployment ? record : undefined;
  const goal = splitTo(to, 100);
  if (isAllOn(to, rules) && (own === undefined || isKnown(own, goal))) return { kind: 'there' };
  const seen = { ...look, rules, record, deployment };
  const whose = whoseSplit(seen);
  if (whose.kind === 'foreign' && !isAllOn(to, rules) && !isAgreed(look) && !isLate(look, own, goal)) {
    const place = { title: look.title, region, versions: { [to]: version } };
    return { kind: 'foreign', reason: foreignWords({ ...seen, shown: whose.shown }, place) };
  }
  return moveByHealth(look, request);
}

function moveByHealth({ traffic, title }: TrafficLook, request: Request): NextMove {
  const { to, needs, region, version } = request;
  const { blue, green } = traffic.targets;
  const healthy = { blue: blue.healthy, green: green.healthy };
  const split = traffic.split === undefined ? {} : { split: traffic.split };
  const where = whereTo({ wanted: to, healthy, needs, ...split });
  const count = healthy[to] === 0 ? 'no healthy task' : `only ${healthy[to]} of ${needs} healthy tasks`;
  const few = `${title} in ${region} has ${count} with ${version} (${to})`;
  switch (where.kind) {
    case 'go':
      return { kind: 'move', split: splitTo(to, 100) };
    case 'scale-first':
      return {
        kind: 'strengthen',
        with: 'tasks',
        reason: `${few}: it gets more of them first.`,
        isUrgent: false,
      };
    case 'stay': {
      const reason = `${title} in ${region} has no healthy task with ${version} (${to}), so traffic stays where it is. Forge goes on trying to start some; look why they do not become healthy.`;
      return { kind: 'strengthen', with: 'revision', reason, isUrgent: true };
    }
    case 'larger': {
      const trouble = `${few}, and the other release has ${healthy[otherColour(to)]}: the larger one takes all traffic. Look after it now.`;
      const goal = splitTo(where.colour, 100);
      const isThere = where.colour !== to && split.split !== undefined && isSameSplit(split.split, goal);
      if (!isThere) return { kind: 'move', split: goal, trouble };
      return { kind: 'strengthen', with: 'revision', reason: trouble, isUrgent: true };
    }
  }
}

function isKnown(own: { split: Split; confirmedAt?: number }, goal: Split): boolean {
  return own.confirmedAt !== undefined && isSameSplit(own.split, goal);
}

/** Traffic was back already, and a write that Forge had sent before arrived after that. */
function isLate(
  { traffic, forward, limits, at }: TrafficLook,
  own: TrafficRecord | undefined,
  goal: Split,
): boolean {
  if (own?.confirmedAt === undefined || !isSameSplit(own.split, goal)) return false;
  const possible = [goal, own.before, ...(forward === undefined ? [] : [forward])];
  return at - own.confirmedAt < limits.late && isAmong(possible, traffic.rules);
}

/** People saw exactly these weights, and what would become of them. */
function isAgreed({ traffic, agreed }: TrafficLook): boolean {
  return agreed.includes(shownOf(traffic.rules.map(({ split }) => split)));
}
