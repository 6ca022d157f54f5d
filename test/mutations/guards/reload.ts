import type { Guard } from '../guard.ts';

const file = 'src/use-cases/reload-policy.ts';
const tests = ['test/use-cases/reload-policy.test.ts'];

/** What a file must be to come into force, and what it does to what waits. */
export const reload: readonly Guard[] = [
  {
    name: 'nothing that an earlier policy said stays in force',
    file: 'src/config/live-policy.ts',
    text: 'if (!(key in next)) Reflect.deleteProperty(policy, key);',
    without: 'if (!(key in policy)) Reflect.deleteProperty(policy, key);',
    tests: ['test/config/live-policy.test.ts'],
  },
  {
    name: 'a file that moves what is under way is not taken',
    ...{ file, tests },
    text: "  if (deployments.length > 0) return { kind: 'in-use', deployments };\n",
    without: '',
  },
  {
    name: 'only what is under way keeps a file from being taken',
    ...{ file, tests },
    text: '(one) => hasEffects(one) && isMoved(one, policy, read.policy)',
    without: '(one) => hasEffects(one)',
  },
  {
    name: 'what has not begun is looked at again under another policy',
    ...{ file, tests },
    text: 'const rung = await wakeWaiting(() => true,',
    without: 'const rung = await wakeWaiting(() => false,',
  },
];
