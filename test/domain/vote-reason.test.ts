import { expect, it } from 'vitest';
import type { DeploymentEvent } from '../../src/domain/events.ts';
import { deploymentOf } from '../../src/domain/evolve.ts';
import { aPerson, aRecordedEvent, aRequestedEvent } from '../builders.ts';
import { anAsking } from '../in-phase.ts';

it('a vote keeps the reason it was given with, and has none where none was given', () => {
  const voted: DeploymentEvent = { type: 'voted', round: 1, verdict: 'approve', countsFor: ['security'] };
  const votesWith = (change: { why?: string }) =>
    deploymentOf([
      aRecordedEvent(aRequestedEvent(), { version: 1 }),
      aRecordedEvent(anAsking(), { version: 2 }),
      aRecordedEvent(voted, { version: 3, by: aPerson, ...change }),
    ])?.approval?.votes;

  expect(votesWith({ why: 'tried it in staging' })).toMatchObject([{ why: 'tried it in staging' }]);
  expect(votesWith({})?.[0]).not.toHaveProperty('why');
});
