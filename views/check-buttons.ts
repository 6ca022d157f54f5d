import type { Button } from '@slack/types';
import type { Deployment } from '../src/domain/deployment.ts';
import { failedCheck } from '../src/domain/failed-before-start.ts';
import { everyOf, isEverybodyOf, type PeoplePolicy, type Subject } from '../src/domain/people-policy.ts';
import { button } from './blocks.ts';
import { seen } from './seen.ts';

/** What a person may do about a check or a build that failed before the start. */
export function failureButtons(deployment: Deployment): Button[] {
  const failed = failedCheck(deployment);
  if (failed === undefined && deployment.build?.state !== 'failed') return [];
  const value = seen(deployment);
  return [
    button({ command: 'retry', text: 'Retry', value, style: 'primary' }),
    ...(failed?.override === undefined ? [] : [button({ command: 'override', text: 'Override…', value })]),
  ];
}

/** The policy says whose word it takes. */
export function overriders(
  deployment: Deployment,
  people: PeoplePolicy,
): { override?: 'everyone' | Subject[] } {
  const role = failedCheck(deployment)?.override;
  if (role === undefined) return {};
  const isForAll = isEverybodyOf(role, deployment, people);
  return { override: isForAll ? 'everyone' : everyOf(role, deployment, people) };
}
