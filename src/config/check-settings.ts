import { z } from 'zod';
import type { CheckPolicy } from '../domain/check.ts';
import { CheckKeys } from './check-keys.ts';
import { checkOf } from './check-of.ts';
import { NODE_DEFAULTS, nodeChecks } from './node-checks.ts';
import { shown } from './words.ts';

const usage = `Write "${NODE_DEFAULTS}", or one check such as { name: Unit tests, run: npm test } or { github: build }.`;

/** Keys that say what is looked at, with those that belong to each. */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  run: ['install', 'install within', 'output limit'],
  github: ['accepts'],
  image: [],
  scan: ['override'],
  staged: [],
  'migrations safe': [],
  changelog: [],
  box: ['by'],
};

const One = CheckKeys.transform((keys, context): CheckPolicy[] => {
  const problems = problemsOf(keys);
  for (const { key, message } of problems) {
    context.addIssue({ code: 'custom', path: key === undefined ? [] : [key], message });
  }
  const check = problems.length > 0 ? undefined : checkOf(keys);
  return check === undefined ? z.NEVER : [check];
});

type KeyProblem = { key?: string; message: string };

function problemsOf(keys: CheckKeys): KeyProblem[] {
  const written = Object.keys(keys);
  const kinds = written.filter((key) => key in KINDS);
  const [kind, ...others] = kinds;
  if (kind === undefined) {
    return [{ message: `Nothing here says what is looked at. ${usage}` }];
  }
  if (others.length > 0) {
    return others.map((key) => ({
      key,
      message: `A check looks at one thing, and this one has \`${kind}\` already. Make it a check of its own.`,
    }));
  }
  const problems = written
    .filter((key) => !['name', 'within', kind, ...(KINDS[kind] ?? [])].includes(key))
    .map((key) => ({ key, message: `\`${key}\` means nothing beside \`${kind}\`. Remove it.` }));
  if (kind === 'run' && keys.name === undefined) {
    problems.push({ key: 'name', message: 'Add a name: what people call the check, like Unit tests.' });
  }
  return problems;
}

/** Checks as they are written, in their order; each entry with the checks it stands for. */
export const Checks = z
  .array(
    z.union([z.literal(NODE_DEFAULTS).transform(nodeChecks), One], {
      error: ({ input }) => `${shown(input)} is not a check. ${usage}`,
    }),
  )
  .default([])
  .describe(`What a release needs before it may start, in this order. ${usage}`);
export type Checks = z.infer<typeof Checks>;
