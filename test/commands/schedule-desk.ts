import type { WindowPolicy } from '../../src/domain/calendar/window.ts';
import type { Deployment } from '../../src/domain/deployment.ts';
import type { EnvironmentPolicy, Policy } from '../../src/domain/policy.ts';
import { policy } from '../scenarios/company.ts';
import { initialValues } from './form-reading.ts';
import type { TestDesk } from './front-desk.ts';

/** It is Monday 5 January 2026, 10:00 in Berlin, where Maya is. */
export const tomorrowAtTwo = Date.UTC(2026, 0, 6, 1);

/** Of working hours in New York; nights are forbidden there. */
export const windows: WindowPolicy = {
  ...{ zone: 'America/New_York', zones: {}, avoided: [], holidays: [], whenItCloses: 'finish-region' },
  preferred: [{ days: ['Mon', 'Tue', 'Wed', 'Thu'], from: 600, to: 960 }],
  forbidden: [{ days: ['Tue', 'Wed'], from: 0, to: 360 }],
};

export function policyWith(change: Partial<EnvironmentPolicy>): Policy {
  const environments = policy.environments.map((one) =>
    one.name === 'staging' ? { ...one, ...change } : one,
  );
  return { ...policy, environments };
}

export const approvals = {
  needs: [{ from: 'release-manager', count: 1 }],
  within: 7_200_000,
  emergencyAlone: false,
};

/** Types it, then confirms what is asked. */
export async function scheduled(
  desk: TestDesk,
  words = 'schedule api staging v1.1.0 tomorrow 02:00',
): Promise<string> {
  const { form } = await desk.types(words);
  const { why = '' } = initialValues(form);
  return (await desk.sends('schedule', { why }, JSON.parse(form?.private_metadata ?? '{}'))).words;
}

export function first(desk: TestDesk): Promise<Deployment | undefined> {
  return desk.store.deployment(1);
}
