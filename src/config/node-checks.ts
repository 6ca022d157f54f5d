import type { CheckPolicy } from '../domain/check.ts';
import { INSTALL_WITHIN, OUTPUT_LIMIT } from './check-of.ts';

export const NODE_DEFAULTS = 'defaults for node';

const minute = 60_000;

/** The six checks of a Node repository, in their order: each is a script of its package.json. */
export function nodeChecks(): CheckPolicy[] {
  return [
    command('Unit tests', 'npm run test', 10),
    command('Integration tests', 'npm run test:integration', 20),
    command('Security scan', 'npm run security:scan', 5),
    command('Lint', 'npm run lint', 5),
    command('Type check', 'npm run type-check', 5),
    command('Build', 'npm run build', 10),
  ];
}

function command(name: string, run: string, minutes: number): CheckPolicy {
  return {
    ...{ name, within: minutes * minute },
    ...{ kind: 'command', run, install: 'npm ci', installWithin: INSTALL_WITHIN, outputLimit: OUTPUT_LIMIT },
  };
}
