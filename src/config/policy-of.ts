import { digestOf } from '../domain/json.ts';
import type { Policy, Timing } from '../domain/policy.ts';
import { environmentOf } from './environment-of.ts';
import type { PolicyFile } from './policy-file.ts';
import { serviceOf } from './service-of.ts';

/** The policy a valid file means: defaults filled in, regions in order, words turned into numbers. */
export function policyOf(file: PolicyFile): Policy {
  const environments = Object.keys(file.environments).map((name) => environmentOf(name, file));
  const services = Object.keys(file.services).map((name) => serviceOf(name, file, environments));
  const content = {
    services,
    environments,
    admins: unique(file.people.admins),
    approvers: unique(file.people.approvers),
    commanders: unique(file.people['incident-commanders']),
    timing: timingOf(file),
  };
  return { version: digestOf(content), ...content };
}

function unique(ids: readonly string[]): string[] {
  return [...new Set(ids)];
}

function timingOf({ timing }: PolicyFile): Timing {
  return {
    poll: timing.poll,
    observe: timing.observe,
    startWithin: timing['start within'],
    smokeWithin: timing['smoke within'],
    settle: timing.settle,
    probe: timing.probe,
    metricPeriod: timing['metric period'],
    metricDelay: timing['metric delay'],
    evidenceWithin: timing['evidence within'],
    watchAfterReturn: timing['watch after return'],
    silence: timing.silence,
    questionWithin: timing['question within'],
    messageEvery: timing['message every'],
    messageRefresh: timing['message refresh'],
  };
}
