import { digestOf } from '../domain/json.ts';
import type { Policy, Timing } from '../domain/policy.ts';
import type { Calendars } from './calendar-files.ts';
import { githubOf, runnerOf } from './code-policies-of.ts';
import { environmentOf } from './environment-of.ts';
import { peopleOf } from './people-of.ts';
import type { PolicyFile } from './policy-file.ts';
import { serviceOf } from './service-of.ts';

/** Hexadecimal digits of a policy's version: enough that no two files of a company have the same. */
const VERSION_DIGITS = 16;

/** The policy a valid file means: defaults filled in, regions in order, words turned into numbers. */
export function policyOf(file: PolicyFile, calendars: Calendars): Policy {
  const environments = Object.keys(file.environments).map((name) => environmentOf(name, file, calendars));
  const services = Object.keys(file.services).map((name) => serviceOf(name, file, environments));
  const content = {
    services,
    environments,
    people: peopleOf(file),
    timing: timingOf(file),
    ...(file.schedules !== undefined && { schedules: file.schedules }),
    ...(file.github !== undefined && { github: githubOf(file.github) }),
    ...(file.runner !== undefined && { runner: runnerOf(file.runner) }),
  };
  return { version: digestOf(content).slice(0, VERSION_DIGITS), ...content };
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
