import { approvalProblems } from './approval-problems.ts';
import type { Calendars } from './calendar-files.ts';
import { checkProblems } from './check-problems.ts';
import { colourProblems } from './colour-problems.ts';
import { deadManProblems } from './dead-man-problems.ts';
import { gateProblems } from './gate-problems.ts';
import { githubProblems } from './github-problems.ts';
import { idleSettings } from './idle-settings.ts';
import { peopleProblems } from './people-problems.ts';
import type { PolicyFile } from './policy-file.ts';
import type { Problem } from './problem.ts';
import { runnerProblems } from './runner-problems.ts';
import { windowProblems } from './window-problems.ts';
import type { YamlFile } from './yaml-file.ts';

/** What the values of a file of the right shape say that does not fit together. */
export function valueProblems(file: PolicyFile, yaml: YamlFile, calendars: Calendars): Problem[] {
  return [
    ...colourProblems(file, yaml),
    ...idleSettings(file, yaml),
    ...gateProblems(file, yaml),
    ...deadManProblems(file, yaml),
    ...peopleProblems(file, yaml),
    ...approvalProblems(file, yaml),
    ...windowProblems(file, yaml, calendars),
    ...githubProblems(file, yaml),
    ...checkProblems(file, yaml),
    ...runnerProblems(file, yaml),
  ];
}
