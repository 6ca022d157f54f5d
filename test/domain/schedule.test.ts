import { describe, expect, it } from 'vitest';
import type { Deployment } from '../../src/domain/deployment.ts';
import type { DeploymentEvent } from '../../src/domain/events.ts';
import { isScheduled, LATE, LOOK_AGAIN, ownerStanding } from '../../src/domain/schedule.ts';
import type { StartProblem } from '../../src/domain/schedule-event.ts';
import type { StartDecision } from '../../src/domain/start-times.ts';
import { aDeployment, aLive, aMoment, aPlan, aRegion, aRequestedEvent } from '../builders.ts';
import { anAsking } from '../in-phase.ts';

const startAt = aMoment + 3_600_000;
const soon = startAt - LOOK_AGAIN;
const within = 1_800_000;
const may: StartDecision = { kind: 'may', despite: [] };
const drifted = aPlan({ from: { [aRegion]: aLive({ version: 'v1.0.1', revision: 'checkout:8' }) } });
const replanned: DeploymentEvent = { type: 'replanned', plan: drifted };
const changes = [`${aRegion} runs v1.0.1 now instead of v1.0.0.`];
const asked: DeploymentEvent = { type: 'owner-asked', changes, startsAt: startAt, deadline: startAt };

function scheduled(...events: DeploymentEvent[]): Deployment {
  return aDeployment([aRequestedEvent({ startAt }), ...events]);
}

function standing(
  deployment: Deployment,
  now: number,
  change: { start?: StartDecision; isCleared?: boolean; problem?: StartProblem } = {},
) {
  return ownerStanding(deployment, { now, start: may, isCleared: true, within, ...change });
}

describe('the owner of a scheduled deployment', () => {
  it('is not needed where nothing is scheduled', () => {
    expect(standing(aDeployment([replanned]), startAt + LATE + 1)).toEqual({ kind: 'not-needed' });
  });

  it('is not needed while it is as it was scheduled, up to ten minutes after its time', () => {
    for (const now of [aMoment, soon, startAt, startAt + LATE]) {
      expect(standing(scheduled(), now)).toEqual({ kind: 'not-needed' });
    }
  });

  it('is asked about a difference from a quarter of an hour before on, and not earlier', () => {
    expect(standing(scheduled(replanned), soon - 1)).toEqual({ kind: 'not-needed' });
    expect(standing(scheduled(replanned), soon)).toEqual({
      ...{ kind: 'to-ask', changes, deadline: startAt, startsAt: startAt },
    });
  });

  it('has the usual time to answer where its time is nearly there', () => {
    const now = startAt - LATE + 1;
    expect(standing(scheduled(replanned), now)).toMatchObject({ kind: 'to-ask', deadline: now + within });
  });

  it('is reminded once, and has until the deadline', () => {
    const deployment = scheduled(replanned, asked);
    const remindAt =
      (deployment.ownerAsked?.askedAt ?? 0) + (startAt - (deployment.ownerAsked?.askedAt ?? 0)) / 2;
    expect(standing(deployment, soon)).toEqual({
      ...{ kind: 'open', deadline: startAt, remindAt, isProblem: false },
    });
    expect(standing(scheduled(replanned, asked, { type: 'owner-reminded' }), startAt - 1)).toEqual({
      ...{ kind: 'open', deadline: startAt, isProblem: false },
    });
    expect(standing(deployment, startAt)).toMatchObject({
      ...{ kind: 'over', reason: expect.stringContaining(`as it was scheduled, and its owner did not say`) },
    });
  });

  it('is asked anew about another difference', () => {
    const other = { ...asked, changes: ['Something else.'] };
    expect(standing(scheduled(replanned, other), soon)).toMatchObject({ kind: 'to-ask', changes });
  });

  it('is not needed any more where the difference is gone', () => {
    expect(standing(scheduled(replanned, asked, { type: 'replanned', plan: aPlan() }), soon)).toEqual({
      kind: 'not-needed',
    });
  });

  it('agrees to it by saying so, and by setting another time', () => {
    const confirmed: DeploymentEvent = { type: 'owner-confirmed', digest: 'd' };
    expect(standing(scheduled(replanned, asked, confirmed), soon)).toEqual({ kind: 'not-needed' });
    const later = startAt + 7_200_000;
    const again = scheduled(replanned, asked, { type: 'rescheduled', startAt: later });
    expect(standing(again, later)).toEqual({ kind: 'not-needed' });
    expect(again.agreed).toEqual({ about: drifted, dueAt: later });
  });

  it('is asked when it is late and nothing else is missing', () => {
    const late = startAt + LATE + 1;
    expect(standing(scheduled(), late)).toEqual({
      kind: 'to-ask',
      ...{ changes: ['It did not start at its time.'], deadline: late + within, startsAt: late },
    });
    expect(standing(scheduled(), late, { isCleared: false })).toEqual({ kind: 'not-needed' });
  });

  it('is asked when it may not start at its time, with when it may', () => {
    const wait = { kind: 'must-wait', for: 'freeze', why: 'It is frozen.' } as const;
    expect(standing(scheduled(), soon, { start: { ...wait, until: startAt + 2 * LATE } })).toMatchObject({
      ...{ changes: ['It may not start at its time: It is frozen.'], startsAt: startAt + 2 * LATE },
    });
    expect(standing(scheduled(), soon, { start: wait }).kind).toBe('to-ask');
    expect(standing(scheduled(), soon, { start: { ...wait, until: startAt + LATE } }).kind).toBe(
      'not-needed',
    );
  });

  it('is not asked about consent; without it in time it does not start', () => {
    const start = { kind: 'needs-consent', why: 'It is late.' } as const;
    expect(standing(scheduled(), startAt + LATE, { start })).toEqual({ kind: 'not-needed' });
    expect(standing(scheduled(), startAt + LATE + 1, { start })).toMatchObject({
      ...{ kind: 'over', reason: expect.stringContaining('nobody consented') },
    });
  });
});

describe('the owner of a scheduled deployment that cannot start as it is', () => {
  const gone: StartProblem = { about: 'image', says: 'It cannot start as it is: the image is gone.' };
  const full: StartProblem = { about: 'database', says: 'It cannot start as it is: 95 of 100.' };
  const askedAbout = ({ about, says }: StartProblem): DeploymentEvent => ({
    ...{ type: 'owner-asked', changes: [says], startsAt: startAt, deadline: startAt },
    problem: { about, says },
  });

  it('is asked as soon as that is found, however early', () => {
    expect(standing(scheduled(), aMoment, { problem: gone })).toEqual({
      ...{ kind: 'to-ask', changes: [gone.says], deadline: startAt, startsAt: startAt, problem: gone },
    });
    expect(standing(scheduled(replanned), soon, { problem: gone })).toMatchObject({
      ...{ kind: 'to-ask', changes: [...changes, gone.says] },
    });
  });

  it('is asked once, however the words change, and anew about something else', () => {
    const deployment = scheduled(askedAbout(full));
    const otherCount: StartProblem = { about: 'database', says: 'It cannot start as it is: 96 of 100.' };

    expect(standing(deployment, soon)).toMatchObject({ kind: 'open', isProblem: true });
    expect(standing(deployment, soon, { problem: otherCount })).toMatchObject({ kind: 'open' });
    expect(standing(deployment, soon, { problem: gone })).toMatchObject({ kind: 'to-ask', problem: gone });
  });

  it('is asked about a difference that comes on top, with both', () => {
    expect(standing(scheduled(askedAbout(gone), replanned), soon)).toMatchObject({
      ...{ kind: 'to-ask', changes: [...changes, gone.says], problem: gone },
    });
  });

  it('has until the deadline', () => {
    expect(standing(scheduled(askedAbout(gone)), startAt)).toMatchObject({
      ...{ kind: 'over', reason: expect.stringContaining('the image is gone.') },
    });
  });

  it('is not needed any more once it is mended; it is looked at again then, as after an answer', () => {
    const answers: DeploymentEvent[] = [
      { type: 'owner-not-needed' },
      { type: 'owner-confirmed', digest: 'd' },
    ];
    for (const answer of answers) {
      const answered = scheduled(askedAbout(gone), answer);
      expect(standing(answered, soon)).toEqual({ kind: 'not-needed' });
      expect(answered.phase.kind).toBe('checking');
      expect(scheduled(anAsking(), askedAbout(gone), answer).phase.kind).toBe('awaiting-approval');
    }
  });
});

describe('a scheduled deployment', () => {
  it('keeps waiting for votes while its owner is asked', () => {
    expect(scheduled(anAsking(), asked).phase.kind).toBe('awaiting-approval');
    expect(scheduled(asked).phase).toMatchObject({ kind: 'waiting', for: 'owner', until: startAt });
    expect(scheduled(anAsking()).approval?.startAt).toBe(startAt);
  });

  it('asks its owner no more when it waits for something else, or has started', () => {
    expect(scheduled(asked, { type: 'waiting', for: 'schedule', why: 'x' })).not.toHaveProperty('ownerAsked');
    expect(scheduled(asked, { type: 'waiting', for: 'owner', why: 'x' })).toHaveProperty('ownerAsked');
    expect(scheduled(asked, { type: 'started' })).not.toHaveProperty('ownerAsked');
  });

  it('loses consent and emergency when its time is changed, and remembers who did it', () => {
    const changed = scheduled(
      { type: 'consented' },
      { type: 'emergency-declared', digest: 'd' },
      { type: 'rescheduled', startAt: startAt + 1 },
    );

    expect(changed).not.toHaveProperty('consent');
    expect(changed).not.toHaveProperty('emergency');
    expect(changed).toMatchObject({ startAt: startAt + 1, lastEditor: 'U0MAYA' });
    const byJob = aDeployment([aRequestedEvent({ startAt }), { type: 'rescheduled', startAt }], {
      by: { kind: 'job', run: 'prepare/1' },
    });
    expect(byJob).not.toHaveProperty('lastEditor');
  });

  it('is agreed to until the time it was said to start at', () => {
    const confirmed: DeploymentEvent = { type: 'owner-confirmed', digest: 'd' };
    const { agreed } = scheduled({ ...asked, startsAt: startAt + 5 }, confirmed);
    expect(agreed?.dueAt).toBe(startAt + 5);
    expect(scheduled(confirmed).agreed?.dueAt).toBe(startAt);
    expect(aDeployment([confirmed]).agreed?.dueAt).toBe(aMoment + 1_000);
    expect(scheduled({ type: 'owner-reminded' })).not.toHaveProperty('ownerAsked');
  });

  it('is one until it begins or is aborted', () => {
    expect(isScheduled(scheduled())).toBe(true);
    expect(isScheduled(scheduled({ type: 'started' }))).toBe(false);
    expect(isScheduled(scheduled({ type: 'abort-requested' }))).toBe(false);
    expect(isScheduled(aDeployment())).toBe(false);
  });
});
