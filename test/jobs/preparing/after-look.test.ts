import { describe, expect, it } from 'vitest';
import type { CheckResult } from '../../../jobs/check-plan.ts';
import { afterLook, afterPlanning } from '../../../jobs/preparing/after-look.ts';
import type { Replanned } from '../../../jobs/preparing/replan.ts';
import type { Situation } from '../../../jobs/preparing/situation.ts';
import { aPlan } from '../../builders.ts';
import { aScheduled, aSituation, minute, now, open, toAsk } from './a-situation.ts';

const passed: CheckResult = {
  ...{ kind: 'passed', service: 'checkout', environment: 'staging', checks: [], uses: [] },
};
const drifted: CheckResult = { kind: 'drifted', reason: 'v1.2.0 is live now.' };
const failed: CheckResult = {
  ...{ kind: 'failed', about: 'image', problem: 'the image is gone.', remedy: 'Build it.' },
};
const frozen = { kind: 'must-wait', for: 'freeze', why: 'It is frozen.' } as const;
const problem = { kind: 'open', deadline: now + minute, isProblem: true } as const;
const tells = (...types: string[]) => ({ kind: 'tell', events: types.map((type) => ({ type })) });

describe('what follows from a look', () => {
  it.each<[string, Situation, CheckResult, object]>([
    ['it starts where nothing is missing', aSituation(), passed, { kind: 'start' }],
    ['people are asked', aSituation({ standing: toAsk }), passed, tells('approval-asked')],
    [
      'people are asked for votes and for consent at once',
      aSituation({ standing: toAsk, start: { kind: 'needs-consent', why: 'It is late.' } }),
      passed,
      { kind: 'tell', events: [{ type: 'approval-asked', consent: 'It is late.' }] },
    ],
    [
      'people have as long as policy says to approve it',
      aSituation({ standing: toAsk }),
      passed,
      { kind: 'tell', events: [{ type: 'approval-asked', deadline: now + 60 * minute }] },
    ],
    [
      'people have until it is to start where that is later',
      aScheduled(300 * minute, { standing: toAsk }),
      passed,
      { kind: 'tell', events: [{ type: 'approval-asked', deadline: now + 300 * minute }] },
    ],
    ['it waits on for votes', aSituation({ standing: open }), passed, { kind: 'nothing' }],
    ['it waits for its time', aSituation({ start: frozen }), passed, tells('waiting')],
    [
      'it is planned anew under another policy',
      aSituation({ standing: toAsk, isOutdated: true }),
      passed,
      { kind: 'plan-anew' },
    ],
    [
      'it is planned anew where people have waited',
      aSituation({ isPatient: true }),
      drifted,
      { kind: 'plan-anew' },
    ],
    [
      'it is refused where nobody has, and something else is live',
      aSituation(),
      drifted,
      { kind: 'refuse', reason: 'v1.2.0 is live now.' },
    ],
    [
      'what fails is refused, with what helps',
      aSituation({ isPatient: true }),
      failed,
      { kind: 'refuse', reason: 'the image is gone. Nothing was changed. Build it.' },
    ],
    [
      'the owner of what is scheduled is asked about that',
      aScheduled(10 * minute),
      failed,
      {
        kind: 'ask-about',
        problem: { about: 'image', says: 'It cannot start as it is: the image is gone. Build it.' },
      },
    ],
    [
      'the owner need not answer any more where it is mended',
      aScheduled(10 * minute, { owner: problem, standing: open }),
      passed,
      tells('owner-not-needed'),
    ],
  ])('%s', (_name, situation, checked, next) => {
    expect(afterLook(situation, checked)).toMatchObject(next);
  });
});

describe('what follows from another plan', () => {
  const plan = aPlan();
  const another = (change: Partial<Extract<Replanned, { kind: 'replanned' }>> = {}): Replanned => ({
    ...{ kind: 'replanned', plan, standing: { kind: 'not-needed' }, isSame: false },
    ...change,
  });

  it.each<[string, Situation, Replanned, object]>([
    ['it is the plan from now on', aSituation(), another(), tells('replanned')],
    [
      'people are asked about it',
      aSituation(),
      another({ standing: toAsk }),
      tells('replanned', 'approval-asked'),
    ],
    [
      'people are asked about the same one under another policy',
      aSituation(),
      another({ standing: toAsk, isSame: true }),
      tells('replanned', 'approval-asked'),
    ],
    ['nothing, where it is the same', aSituation(), another({ isSame: true }), { kind: 'nothing' }],
    [
      'what its owner was asked about is over',
      aScheduled(minute, { owner: problem }),
      another(),
      tells('owner-not-needed', 'replanned'),
    ],
    [
      'it is refused where there is none',
      aSituation({ isPatient: true }),
      { kind: 'failed', about: 'plan', problem: 'It is live already.' },
      { kind: 'refuse', reason: 'It is live already. Nothing was changed.' },
    ],
    [
      'the owner of what is scheduled is asked where there is none',
      aScheduled(minute),
      { kind: 'failed', about: 'plan', problem: 'it is live already.' },
      {
        kind: 'ask-about',
        problem: { about: 'plan', says: 'It cannot start as it is: it is live already.' },
      },
    ],
  ])('%s', (_name, situation, replanned, next) => {
    expect(afterPlanning(situation, replanned)).toMatchObject(next);
  });
});
