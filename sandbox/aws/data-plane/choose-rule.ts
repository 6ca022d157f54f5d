import type { IncomingMessage } from 'node:http';
import type { Condition, Rule } from './messages.ts';

/** The first rule by priority whose conditions all hold. */
export function chooseRule(rules: readonly Rule[], request: IncomingMessage): Rule | undefined {
  return rules.find((rule) => rule.conditions.every((condition) => holds(condition, request)));
}

/** A target group of the rule with the chance of its weight; `random` is from 0 to below 1. */
export function chooseTargetGroup(rule: Rule, random: number): string | undefined {
  let total = 0;
  for (const { weight } of rule.forward) total += weight;
  let left = random * total;
  for (const { targetGroup, weight } of rule.forward) {
    if (left < weight) return targetGroup;
    left -= weight;
  }
  return undefined;
}

function holds(condition: Condition, request: IncomingMessage): boolean {
  const actual = subject(condition, request);
  return actual !== undefined && condition.values.some((value) => isLike(actual, value, condition.field));
}

function subject(condition: Condition, request: IncomingMessage): string | undefined {
  switch (condition.field) {
    case 'header': {
      const value = request.headers[condition.name];
      return Array.isArray(value) ? value.join(', ') : value;
    }
    case 'host':
      return request.headers.host?.split(':')[0];
    case 'path':
      return request.url?.split('?')[0];
  }
}

function isLike(actual: string, value: string, field: Condition['field']): boolean {
  const pattern = RegExp.escape(value).replaceAll('\\*', '.*').replaceAll('\\?', '.');
  // Paths are compared with case, headers and hosts without, as the real load balancer does.
  return new RegExp(`^${pattern}$`, field === 'path' ? '' : 'i').test(actual);
}
