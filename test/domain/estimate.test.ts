import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bakeSecondsLeft,
  expectedSeconds,
  goAheadsLeft,
  percentDone,
  secondsLeft,
  secondsToUndo,
} from '../../src/domain/estimate.ts';
import type { DeploymentEvent } from '../../src/domain/events.ts';
import { deploymentOf } from '../../src/domain/evolve.ts';
import {
  aDeployment,
  aMoment,
  aPlan,
  aPlanFor,
  aRecordedEvent,
  aRegion,
  aRequestedEvent,
} from '../builders.ts';
import { aCanary, aReturn, baking, begun, done, ready } from '../views/canary.ts';
import { laterEvent, plan, requestedEvent } from './arbitrary-events.ts';

const expected = fc.dictionary(
  fc.constantFrom(...plan.steps.map(({ id }) => id)),
  fc.integer({ min: 1, max: 3600 }),
);

const restore = aPlan({
  steps: [
    {
      id: `${aRegion}/restore`,
      region: aRegion,
      kind: 'restore',
      on: 'only',
      revision: 'checkout:7',
      withinSeconds: 600,
    },
  ],
});

describe('the expected time', () => {
  it('is the usual one where nothing is known yet', () => {
    expect(expectedSeconds(aPlanFor(['eu-west-1']), undefined)).toEqual({
      'eu-west-1/start': 150,
      'eu-west-1/smoke': 5,
      'eu-west-1/verify': 5,
    });
  });

  it('is what the same step took last time in the same region', () => {
    const previous = deploymentOf([
      aRecordedEvent(aRequestedEvent({ plan })),
      aRecordedEvent({ type: 'step-started', step: 'us-east-1/start' }, { version: 2 }),
      aRecordedEvent(
        { type: 'step-finished', step: 'us-east-1/start' },
        { version: 3, at: aMoment + 61_400 },
      ),
    ]);

    const seconds = expectedSeconds(aPlanFor(['us-east-1', 'eu-west-1']), previous);

    expect(seconds['us-east-1/start']).toBe(60);
    expect(seconds['eu-west-1/start']).toBe(150);
  });

  it('of putting back is what starting took: it is the same work', () => {
    const start: DeploymentEvent[] = [
      { type: 'step-started', step: `start/${aRegion}` },
      { type: 'step-progressed', step: `start/${aRegion}`, progress: { done: 2, of: 2 } },
      { type: 'step-finished', step: `start/${aRegion}` },
    ];

    expect(expectedSeconds(restore, aDeployment(start))).toEqual({ [`${aRegion}/restore`]: 2 });
  });

  it('is not taken from a step that failed', () => {
    const failed: DeploymentEvent[] = [
      { type: 'step-started', step: `start/${aRegion}` },
      { type: 'step-failed', step: `start/${aRegion}`, reason: 'it does not start' },
    ];

    expect(expectedSeconds(restore, aDeployment(failed))).toEqual({ [`${aRegion}/restore`]: 150 });
  });

  it('is at least a second', () => {
    const instant: DeploymentEvent[] = [{ type: 'step-finished', step: `start/${aRegion}` }];

    expect(expectedSeconds(aPlan(), aDeployment(instant))[`start/${aRegion}`]).toBe(1);
  });
});

describe('the percentage', () => {
  it('is a whole number from 0 to 100, and 100 only for success', () => {
    fc.assert(
      fc.property(fc.array(laterEvent), expected, (later, seconds) => {
        const deployment = aDeployment([requestedEvent, ...later]);

        const percent = percentDone(deployment, seconds);

        expect(Number.isInteger(percent)).toBe(true);
        expect(percent).toBeGreaterThanOrEqual(0);
        expect(percent).toBeLessThanOrEqual(deployment.phase.kind === 'succeeded' ? 100 : 99);
        expect(percent === 100).toBe(deployment.phase.kind === 'succeeded');
      }),
    );
  });

  it('never falls while the steps go on', () => {
    const going = plan.steps.flatMap(({ id }): DeploymentEvent[] => [
      { type: 'step-started', step: id },
      { type: 'step-progressed', step: id, progress: { done: 1, of: 3 } },
      { type: 'step-progressed', step: id, progress: { done: 3, of: 3 } },
      { type: 'step-finished', step: id },
    ]);
    fc.assert(
      fc.property(expected, (seconds) => {
        const percents = going.map((_event, index) =>
          percentDone(aDeployment([requestedEvent, ...going.slice(0, index + 1)]), seconds),
        );

        expect(percents).toEqual(percents.toSorted((left, right) => left - right));
      }),
    );
  });

  it('counts a step by its time, and a running one by its healthy tasks', () => {
    const seconds = { [`start/${aRegion}`]: 80, [`verify/${aRegion}`]: 20 };
    const half: DeploymentEvent = {
      type: 'step-progressed',
      step: `start/${aRegion}`,
      progress: { done: 1, of: 2 },
    };

    expect(percentDone(aDeployment([half]), seconds)).toBe(40);
    expect(percentDone(aDeployment([{ type: 'step-finished', step: `start/${aRegion}` }]), seconds)).toBe(80);
  });

  it('does not take all tasks healthy for a finished step', () => {
    const all: DeploymentEvent = {
      type: 'step-progressed',
      step: `start/${aRegion}`,
      progress: { done: 2, of: 2 },
    };

    expect(percentDone(aDeployment([all]), { [`start/${aRegion}`]: 100, [`verify/${aRegion}`]: 0 })).toBe(95);
  });

  it('stays below 100 when every step is done but nobody has said that it succeeded', () => {
    const all = aPlan().steps.map(({ id }): DeploymentEvent => ({ type: 'step-finished', step: id }));

    expect(percentDone(aDeployment(all), {})).toBe(99);
    expect(percentDone(aDeployment([...all, { type: 'succeeded' }]), {})).toBe(100);
  });

  it('is 0 for a plan without steps and for a step without tasks', () => {
    const none: DeploymentEvent = {
      type: 'step-progressed',
      step: `start/${aRegion}`,
      progress: { done: 0, of: 0 },
    };

    expect(percentDone(aDeployment([aRequestedEvent({ plan: aPlan({ steps: [] }) })]), {})).toBe(0);
    expect(percentDone(aDeployment([none]), {})).toBe(0);
  });
});

describe('the time left', () => {
  const seconds = { [`start/${aRegion}`]: 100, [`verify/${aRegion}`]: 20 };
  const started: DeploymentEvent = { type: 'step-started', step: `start/${aRegion}` };

  it('is a whole number, never below 0, whatever the clock says', () => {
    fc.assert(
      fc.property(fc.array(laterEvent), expected, fc.integer(), (later, known, now) => {
        const left = secondsLeft(aDeployment([requestedEvent, ...later]), known, now);

        expect(Number.isInteger(left)).toBe(true);
        expect(left).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('is all of it before the start, and nothing at the end', () => {
    const all = aPlan().steps.map(({ id }): DeploymentEvent => ({ type: 'step-finished', step: id }));

    expect(secondsLeft(aDeployment(), seconds, aMoment)).toBe(120);
    expect(secondsLeft(aDeployment(all), seconds, aMoment)).toBe(0);
  });

  it('shrinks with the clock while a step runs, down to a second', () => {
    const deployment = aDeployment([started]);

    expect(secondsLeft(deployment, seconds, aMoment + 31_000)).toBe(70 + 20);
    expect(secondsLeft(deployment, seconds, aMoment + 999_000)).toBe(1 + 20);
  });

  it('goes by the healthy tasks where they promise less waiting than the clock', () => {
    const nearly: DeploymentEvent = {
      type: 'step-progressed',
      step: `start/${aRegion}`,
      progress: { done: 9, of: 10 },
    };

    expect(secondsLeft(aDeployment([started, nearly]), seconds, aMoment + 11_000)).toBe(10 + 20);
  });

  it('counts a second for a step nobody has a time for', () => {
    expect(secondsLeft(aDeployment(), {}, aMoment)).toBe(2);
  });
});

describe('of a deployment that moves traffic', () => {
  const canary = aCanary(['us-east-1'], { weights: [25, 100], asking: [25] });

  it('a bake takes what the plan says, a shift its settling, and how long people take is nobody’s guess', () => {
    expect(expectedSeconds(canary, undefined)).toEqual({
      'us-east-1/start': 150,
      'us-east-1/verify': 5,
      'us-east-1/smoke': 5,
      'us-east-1/arm': 2,
      'us-east-1/shift-25': 18,
      'us-east-1/bake-25': 600,
      'us-east-1/approve-25': 0,
      'us-east-1/shift-100': 18,
      'us-east-1/bake-100': 600,
      'us-east-1/disarm': 2,
      'us-east-1/standby': 2,
    });
    expect(expectedSeconds(aReturn(), undefined)).toEqual({
      'us-east-1/return': 5,
      'us-east-1/watch': 300,
      'us-east-1/retire': 2,
    });
  });

  it('a shift takes what the one to the same weight took, and a bake never what the last one did', () => {
    const previous = aDeployment([
      aRequestedEvent({ plan: canary }),
      ...done('us-east-1/shift-25', 'us-east-1/bake-25', 'us-east-1/approve-25'),
    ]);

    const seconds = expectedSeconds(canary, previous);

    expect(seconds['us-east-1/shift-25']).toBe(1);
    expect(seconds['us-east-1/shift-100']).toBe(18);
    expect(seconds['us-east-1/bake-25']).toBe(600);
    expect(seconds['us-east-1/approve-25']).toBe(0);
  });

  it('to undo it takes as long as to start what was before, without any watching', () => {
    expect(secondsToUndo(canary, expectedSeconds(canary, undefined))).toBe(160);
    expect(secondsToUndo(aReturn(), expectedSeconds(aReturn(), undefined))).toBe(5);
    expect(secondsToUndo(canary, {})).toBe(3);
  });

  it('the time left of a bake goes by what was told of it, for it may begin again', () => {
    const seconds = expectedSeconds(canary, undefined);
    const bake = baking(canary, 25);
    const told: DeploymentEvent = {
      type: 'step-progressed',
      step: 'us-east-1/bake-25',
      progress: { done: 60, of: 600 },
    };
    const left = (...more: DeploymentEvent[]) =>
      secondsLeft(aDeployment([...bake, ...more]), seconds, aMoment + 3_600_000);

    const others = 18 + 600 + 2 + 2;
    expect(left(told)).toBe(540 + others);
    expect(left({ ...told, progress: { done: 700, of: 600 } })).toBe(1 + others);
    expect(left()).toBe(1 + others);
  });

  it('waiting for a person is no machine time', () => {
    const seconds = { 'us-east-1/approve-25': 0 };
    const waiting = aDeployment([...ready(canary), ...begun('us-east-1/approve-25')]);
    const finished = canary.steps.filter(({ kind }) => kind !== 'approve').map(({ id }) => id);

    expect(secondsLeft(aDeployment([...ready(canary), ...done(...finished)]), seconds, aMoment)).toBe(0);
    expect(goAheadsLeft(waiting)).toBe(1);
    expect(goAheadsLeft(aDeployment([...ready(canary), ...done('us-east-1/approve-25')]))).toBe(0);
  });

  it('only a bake that goes on has seconds left', () => {
    expect(bakeSecondsLeft(undefined)).toBeUndefined();
    expect(bakeSecondsLeft({ kind: 'running', startedAt: 0 })).toBeUndefined();
    expect(bakeSecondsLeft({ kind: 'finished', startedAt: 0, endedAt: 1 })).toBeUndefined();
    expect(bakeSecondsLeft({ kind: 'running', startedAt: 0, progress: { done: 4, of: 10 } })).toBe(6);
  });
});
