import { canonicalJson } from './json.ts';
import { type Plan, regionsOf } from './plan.ts';

/**
 * What of a plan people are asked to approve: which release goes where, over what, in which steps and under which limits. How
 * many tasks were healthy when it was made is none of it: that changes by itself.
 */
export function substanceOf({ strategy, from, to, steps, gates }: Plan) {
  const over = Object.entries(from).map(([region, { place, revision, version, digest }]) => ({
    ...{ region, place, revision, version, digest },
  }));
  return { strategy, to, steps, gates, over: over.toSorted((a, b) => (a.region < b.region ? -1 : 1)) };
}

/** How a plan differs from the one people were asked about before, a sentence each; none: in nothing of substance. */
export function planChanges(before: Plan, after: Plan): string[] {
  const changes = [
    ...releaseChange(before, after),
    ...regionsOf(after).flatMap((region) => liveChange(region, before, after)),
    ...wayChange(before, after),
    ...(isSame(before.gates, after.gates) ? [] : ['The limits it is judged by have changed.']),
  ];
  if (changes.length > 0 || isSame(substanceOf(before), substanceOf(after))) return changes;
  return ['Its steps have changed.'];
}

function releaseChange({ to: before }: Plan, { to: after }: Plan): string[] {
  if (isSame(before, after)) return [];
  if (before.version !== after.version)
    return [`It puts ${after.version} there instead of ${before.version}.`];
  return [`The image of ${after.version} is another one.`];
}

function liveChange(region: string, before: Plan, after: Plan): string[] {
  const was = before.from[region];
  const is = after.from[region];
  if (was === undefined || is === undefined) return [];
  if (was.version !== is.version) return [`${region} runs ${is.version} now instead of ${was.version}.`];
  if (was.revision !== is.revision) return [`${region} runs another task definition of ${is.version} now.`];
  if (was.digest !== is.digest) return [`${region} runs another image of ${is.version} now.`];
  if (was.place !== is.place) return [`In ${region} the traffic is on the other colour now.`];
  return [];
}

/** The steps name what is live: only what is left of a difference is told. */
function wayChange(before: Plan, after: Plan): string[] {
  if (before.strategy !== after.strategy)
    return [`It goes by ${after.strategy} instead of ${before.strategy}.`];
  const regions = { before: regionsOf(before).join(' then '), after: regionsOf(after).join(' then ') };
  if (regions.before !== regions.after) return [`It goes to ${regions.after} instead of ${regions.before}.`];
  return isSame(before.steps.map(kindOf), after.steps.map(kindOf)) ? [] : ['Its steps have changed.'];
}

/** A step without what follows from which colour is live. */
function kindOf(step: Plan['steps'][number]): unknown {
  const { id: _id, ...rest } = step;
  return Object.fromEntries(
    Object.entries(rest).filter(([key]) => !['on', 'to', 'preview', 'revision'].includes(key)),
  );
}

function isSame(one: unknown, other: unknown): boolean {
  return canonicalJson(one) === canonicalJson(other);
}
