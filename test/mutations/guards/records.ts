// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the source
import { type Guard, guardsOf } from '../guard.ts';

const recording = ['test/jobs/record-deployments.test.ts'];
const told = ['test/domain/host-record.test.ts'];

/** That GitHub shows each deployment once and as it is, and nothing of what people said. */
export const records: readonly Guard[] = [
  ...guardsOf({ file: 'jobs/record-deployments.ts', tests: recording }, [
    {
      name: 'nothing is recorded on GitHub that policy does not know',
      text: 'policy.github === undefined ? [] : await',
      without: 'policy.github === null ? [] : await',
    },
    {
      name: 'what ended long ago is not recorded',
      text: 'endedAfter: now - NEWS_FOR',
      without: 'endedAfter: 0',
    },
    {
      name: 'what GitHub refuses again and again is left alone',
      text: 'attempts >= MOST_ATTEMPTS && error instanceof CodeHostRefused;',
      without: 'attempts < 0 && error instanceof CodeHostRefused;',
    },
    {
      name: 'the silence of GitHub does not leave a deployment as it was before',
      text: 'attempts >= MOST_ATTEMPTS && error instanceof CodeHostRefused;',
      without: 'attempts >= 1;',
    },
  ]),
  ...guardsOf({ file: 'src/domain/host-record.ts', tests: told }, [
    {
      name: 'what was rolled back is not shown as live',
      text: "  if (undoneBy !== undefined) return { state: 'inactive', says: `was rolled back by #${undoneBy}.` };\n",
      without: '',
    },
    {
      name: 'what was replaced is not shown as live',
      text: "  if (replacedBy !== undefined) return { state: 'inactive', says: `was replaced by #${replacedBy}.` };\n",
      without: '',
    },
    {
      name: 'what was stopped after it had begun is shown as failed',
      text: 'return startedAt === undefined\n',
      without: 'return startedAt !== null\n',
    },
  ]),
  {
    name: 'what could not be recorded has a pause before the next try',
    file: 'jobs/record-deployments.ts',
    text: 'attempts, notBefore: clock.now() + pause }',
    without: 'attempts, notBefore: 0 }',
    tests: ['test/jobs/record-pauses.test.ts'],
  },
];
