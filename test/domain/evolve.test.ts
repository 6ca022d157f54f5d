import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Deployment } from '../../src/domain/deployment.ts';
import { DeploymentEvent } from '../../src/domain/events.ts';
import { deploymentOf, evolve } from '../../src/domain/evolve.ts';
import { aDeployment, aPlan, aRecordedEvent, aStory } from '../builders.ts';
import { endings, inPhase, phaseKinds } from '../in-phase.ts';
import { eventAfterTheEnd, laterEvent, requestedEvent } from './arbitrary-events.ts';

describe('any sequence of events', () => {
  const events = fc.array(laterEvent, { maxLength: 30 });

  it('is about nothing before the request', () => {
    fc.assert(
      fc.property(laterEvent, (event) => {
        expect(evolve(undefined, aRecordedEvent(event))).toBeUndefined();
      }),
    );
    expect(deploymentOf([])).toBeUndefined();
  });

  it('is folded without an error, to the last version and time', () => {
    fc.assert(
      fc.property(events, (later) => {
        const story = aStory([requestedEvent, ...later]);

        const deployment = deploymentOf(story);

        const last = story.at(-1);
        expect(deployment).toMatchObject({ version: last?.version, changedAt: last?.at });
        expect(deployment?.plan).toEqual(requestedEvent.plan);
      }),
    );
  });

  it('is one of events that may be kept', () => {
    fc.assert(
      fc.property(laterEvent, (event) => {
        expect(DeploymentEvent.parse(JSON.parse(JSON.stringify(event)))).toEqual(event);
      }),
    );
  });

  it('leaves a finished deployment finished, whatever can still happen to it', () => {
    fc.assert(
      fc.property(fc.constantFrom(...endings), fc.array(eventAfterTheEnd), (kind, later) => {
        const ended = inPhase(kind);

        const after = later.reduce<Deployment>(afterEvent, ended);

        expect(after.phase).toEqual(ended.phase);
        expect(after.endedAt).toBe(ended.endedAt);
      }),
    );
  });

  it('changes nothing it was given', () => {
    fc.assert(
      fc.property(events, laterEvent, (before, event) => {
        const deployment = aDeployment([requestedEvent, ...before]);
        const copy = structuredClone(deployment);

        afterEvent(deployment, event);

        expect(deployment).toEqual(copy);
      }),
    );
  });
});

describe('the generation', () => {
  const RAISES: readonly DeploymentEvent['type'][] = [
    'started',
    'held',
    'resumed',
    'unanswered',
    'restoring',
    'succeeded',
    'rolled-back',
    'aborted',
    'left',
    'refused',
    'superseded',
    'undoing',
    'undo-failed',
    'undone',
    'replaced',
    'live-again',
    'paused',
    'unpaused',
    'check-failed',
    'check-retried',
    'check-overridden',
    'build-failed',
    'build-retried',
  ];

  /** What a run still says of a deployment that a person took over changes nothing. */
  const BESIDE_THE_PHASE = [
    ...['undoing', 'undo-failed', 'undone', 'replaced', 'live-again'],
    ...['paused', 'unpaused', 'check-failed', 'check-retried', 'check-overridden'],
  ];

  it('rises by one exactly when a button would come to mean something else', () => {
    fc.assert(
      fc.property(fc.constantFrom(...phaseKinds), laterEvent, (kind, event) => {
        const deployment = inPhase(kind);

        const after = afterEvent(deployment, event);

        const isOfNoBuild = event.type.startsWith('build-') && deployment.build === undefined;
        const isAnother = (BESIDE_THE_PHASE.includes(event.type) || kind !== 'left') && !isOfNoBuild;
        expect(after.generation - deployment.generation).toBe(
          RAISES.includes(event.type) && isAnother ? 1 : 0,
        );
      }),
    );
  });

  it('stays when the checks begin: abort means the same before and after', () => {
    expect(aDeployment([{ type: 'checking' }]).generation).toBe(aDeployment().generation);
  });

  it('rises with every new question, so that an answer to the last one does not answer it', () => {
    const question: DeploymentEvent = {
      type: 'held',
      question: 'Go on?',
      resumeMeans: 'on',
      abortMeans: 'back',
      deadline: 1,
    };
    const held = aDeployment([{ type: 'started' }, question]);

    expect(aDeployment([{ type: 'started' }, question, question]).generation).toBe(held.generation + 1);
  });

  it('is one plan’s: the digest comes beside it', () => {
    expect(aDeployment().plan.digest).toBe(aPlan().digest);
  });
});

function afterEvent(deployment: Deployment, event: DeploymentEvent): Deployment {
  const after = evolve(deployment, aRecordedEvent(event, { version: deployment.version + 1 }));
  if (after === undefined) throw new Error('A deployment does not go away');
  return after;
}
