import type { Policy } from '../domain/policy.ts';
import type { Calendars } from './calendar-files.ts';
import { crossProblems } from './cross-problems.ts';
import { Outline } from './outline.ts';
import { PolicyFile } from './policy-file.ts';
import { policyOf } from './policy-of.ts';
import { byPlace, type Problem, sentenceOf } from './problem.ts';
import { shapeProblems } from './shape-problems.ts';
import { valueProblems } from './value-problems.ts';
import { readYaml } from './yaml-file.ts';

export type PolicyReading = { kind: 'valid'; policy: Policy } | { kind: 'invalid'; problems: Problem[] };

/**
 * Reads the text of a policy file, with the calendars it names (`readCalendars`). Pure; tells every problem it can find at once,
 * in the order of the file.
 */
export function readPolicy(text: string, fileName: string, calendars: Calendars = new Map()): PolicyReading {
  const yaml = readYaml(text, fileName);
  if (yaml.content === null) {
    const message = 'The file is empty. Start from forge.example.yml.';
    return { kind: 'invalid', problems: [yaml.problemAt([], message, 'value')] };
  }
  if (yaml.content === undefined) return { kind: 'invalid', problems: yaml.problems };

  const parsed = PolicyFile.safeParse(yaml.content);
  const problems = [
    ...yaml.problems,
    ...shapeProblems(parsed.error?.issues ?? [], yaml),
    ...crossProblems(Outline.parse(yaml.content), yaml),
    ...(parsed.success ? valueProblems(parsed.data, yaml, calendars) : []),
  ];
  if (parsed.success && problems.length === 0)
    return { kind: 'valid', policy: policyOf(parsed.data, calendars) };
  // One setting may be wrong for several places in the same way.
  const told = new Map(problems.map((problem) => [sentenceOf(problem), problem]));
  return { kind: 'invalid', problems: [...told.values()].sort(byPlace) };
}
