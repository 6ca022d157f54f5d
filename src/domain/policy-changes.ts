import { canonicalJson } from './json.ts';
import type { Policy } from './policy.ts';

/** What one policy says otherwise than another, as far as a person has to hear: where, and in which of its parts. */
export type PolicyChange =
  | { of: 'environment' | 'service'; name: string; kind: 'added' | 'removed' }
  | { of: 'environment' | 'service'; name: string; kind: 'changed'; parts: string[] }
  /** `environments`: whose own rules differ; none: only those for the whole company. */
  | { of: 'people'; environments: string[] }
  /** `parts` are none where it was not there before, or is no more. */
  | { of: 'github'; parts: string[] }
  | { of: 'timing' | 'schedules' | 'runner' };

export function policyChanges(before: Policy, after: Policy): PolicyChange[] {
  return [
    ...namedChanges('environment', before.environments, after.environments),
    ...namedChanges('service', before.services, after.services),
    ...peopleChanges(before.people, after.people),
    ...(isSame(before.timing, after.timing) ? [] : [{ of: 'timing' as const }]),
    ...(isSame(before.schedules, after.schedules) ? [] : [{ of: 'schedules' as const }]),
    ...githubChanges(before.github, after.github),
    ...(isSame(before.runner, after.runner) ? [] : [{ of: 'runner' as const }]),
  ];
}

type Named = { name: string };

function namedChanges(
  of: 'environment' | 'service',
  before: readonly Named[],
  after: readonly Named[],
): PolicyChange[] {
  const was = new Map(before.map((one) => [one.name, one]));
  const is = new Map(after.map((one) => [one.name, one]));
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((name): PolicyChange[] => {
    const [one, other] = [was.get(name), is.get(name)];
    if (one === undefined) return [{ of, name, kind: 'added' }];
    if (other === undefined) return [{ of, name, kind: 'removed' }];
    const parts = differing(one, other);
    return parts.length === 0 ? [] : [{ of, name, kind: 'changed', parts }];
  });
}

function peopleChanges(before: Policy['people'], after: Policy['people']): PolicyChange[] {
  if (isSame(before, after)) return [];
  const services = [...new Set([...Object.keys(before.services), ...Object.keys(after.services)])];
  const ofServices = services.flatMap((name) =>
    differing(before.services[name] ?? {}, after.services[name] ?? {}),
  );
  const environments = [...new Set([...differing(before.environments, after.environments), ...ofServices])];
  return [{ of: 'people', environments }];
}

function githubChanges(before: Policy['github'], after: Policy['github']): PolicyChange[] {
  if (isSame(before, after)) return [];
  const wasAndIs = before !== undefined && after !== undefined;
  return [{ of: 'github', parts: wasAndIs ? differing(before, after) : [] }];
}

/** The keys under which two things do not have the same. */
function differing(one: object, other: object): string[] {
  const [left, right] = [new Map(Object.entries(one)), new Map(Object.entries(other))];
  const keys = new Set([...left.keys(), ...right.keys()]);
  return [...keys].filter((key) => !isSame(left.get(key), right.get(key)));
}

function isSame(one: unknown, other: unknown): boolean {
  return canonicalJson(one) === canonicalJson(other);
}
