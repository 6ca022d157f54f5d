import { expect, it } from 'vitest';
import { keepAsking } from '../../jobs/keep-asking.ts';
import type { DeploymentEvent } from '../../src/domain/events.ts';
import { aDeployment } from '../builders.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { aQuestion, storyTo } from '../in-phase.ts';

const asked = { ...aQuestion('It is stuck'), via: { kind: 'new-run', run: 'deploy/142/2' } } as const;
const late = { clock: { ...createFakeClock(), now: () => asked.deadline } };

it('a question nobody answers stops a run that somebody let go on meanwhile', () => {
  const changes = keepAsking(aDeployment([...storyTo('running'), asked]), late);

  expect(changes).toMatchObject([
    { kind: 'append', events: [{ type: 'abort-requested' }], why: 'nobody answered the question in time' },
    { kind: 'abort-run', run: 'deploy/142', by: 'nobody' },
  ]);
});

it('a question about a later run stops that one', () => {
  const resumed: DeploymentEvent = { type: 'resumed', run: 'deploy/142/2' };
  const changes = keepAsking(aDeployment([...storyTo('running'), asked, resumed, asked]), late);

  expect(changes.at(-1)).toMatchObject({ kind: 'abort-run', run: 'deploy/142/2' });
});
