import { describe, expect, it } from 'vitest';
import type { ApprovalPolicy } from '../../src/domain/approval.ts';
import {
  approvalStanding,
  askedAbout,
  isEmergency,
  startChange,
} from '../../src/domain/approval-standing.ts';
import type { DeploymentEvent, RecordedEvent } from '../../src/domain/events.ts';
import { deploymentOf } from '../../src/domain/evolve.ts';
import {
  aLive,
  aMoment,
  aPerson,
  aPlan,
  aRecordedEvent,
  aRegion,
  aRelease,
  aRequestedEvent,
} from '../builders.ts';

const version = 'p1';
const needs = [
  { from: 'release-manager', count: 1 },
  { from: 'security', count: 1 },
];
const approvals: ApprovalPolicy = { needs, within: 7_200_000, emergencyAlone: false };
const rules = { approvals, version };
const plan = aPlan();
const digest = askedAbout(plan, version);
const deadline = aMoment + 1_000 + 7_200_000;
const asked: DeploymentEvent = {
  ...{ type: 'approval-asked', round: 1, digest, policy: version, needs, excluded: ['U0MAYA'] },
  ...{ deadline, changes: [] },
};
const drifted = aPlan({ from: { [aRegion]: aLive({ version: 'v1.0.1', revision: 'checkout:8' }) } });

type Happened = DeploymentEvent | { of: string; event: DeploymentEvent };

/** A deployment of these events, a second apart; those without a person are Maya's. */
function happened(...story: Happened[]) {
  const recorded = [aRequestedEvent({ plan }), ...story].map((one, index): RecordedEvent => {
    const by = 'event' in one ? { kind: 'person' as const, userId: one.of, via: 'button' as const } : aPerson;
    return aRecordedEvent('event' in one ? one.event : one, { version: index + 1, by });
  });
  const deployment = deploymentOf(recorded);
  if (deployment === undefined) throw new Error('Nothing was asked for');
  return deployment;
}

function vote(
  of: string,
  countsFor: string[],
  verdict: 'approve' | 'reject' = 'approve',
  round = 1,
): Happened {
  return { of, event: { type: 'voted', round, verdict, countsFor } };
}

describe('the approval of a deployment', () => {
  it('is not needed where policy asks nobody', () => {
    expect(approvalStanding(happened(asked), { version }, aMoment)).toEqual({ kind: 'not-needed' });
  });

  it('is to be asked for at first, with nothing that has changed', () => {
    expect(approvalStanding(happened(), rules, aMoment)).toEqual({
      ...{ kind: 'to-ask', round: 1, digest, policy: version, needs, changes: [] },
    });
  });

  it('is open while votes are missing, and says until when and when to remind', () => {
    expect(approvalStanding(happened(asked, vote('U0LEO', ['security'])), rules, aMoment)).toEqual({
      kind: 'open',
      open: [{ from: 'release-manager', count: 1 }],
      deadline,
      remindAt: aMoment + 1_000 + 3_600_000,
    });
  });

  it('reminds once', () => {
    const standing = approvalStanding(happened(asked, { type: 'approval-reminded' }), rules, aMoment);

    expect(standing).toEqual({ kind: 'open', open: needs, deadline });
  });

  it('is there once everybody who must has approved, and stays so after the deadline', () => {
    const approved = happened(asked, vote('U0LEO', ['security']), vote('U0RAVI', ['release-manager']));

    expect(approvalStanding(approved, rules, aMoment)).toEqual({ kind: 'approved' });
    expect(approvalStanding(approved, rules, deadline + 1)).toEqual({ kind: 'approved' });
  });

  it('is over at the deadline, and not before', () => {
    const open = happened(asked, vote('U0LEO', ['security']));

    expect(approvalStanding(open, rules, deadline - 1).kind).toBe('open');
    expect(approvalStanding(open, rules, deadline)).toEqual({
      kind: 'expired',
      open: [{ from: 'release-manager', count: 1 }],
    });
  });

  it('is to be asked for again when the plan has changed, with the difference, however many approved', () => {
    const approved = [asked, vote('U0LEO', ['security']), vote('U0RAVI', ['release-manager'])];

    const standing = approvalStanding(
      happened(...approved, { type: 'replanned', plan: drifted }),
      rules,
      aMoment,
    );

    expect(standing).toEqual({
      ...{ kind: 'to-ask', round: 2, digest: askedAbout(drifted, version), policy: version, needs },
      changes: [`${aRegion} runs v1.0.1 now instead of v1.0.0.`],
    });
  });

  it('is to be asked for again when policy has changed, and says so', () => {
    const approved = happened(asked, vote('U0LEO', ['security']), vote('U0RAVI', ['release-manager']));

    const standing = approvalStanding(approved, { approvals, version: 'p2' }, aMoment);

    expect(standing).toMatchObject({
      ...{ kind: 'to-ask', round: 2, policy: 'p2', changes: ['The policy of Forge has changed.'] },
    });
  });

  it('counts no vote of an earlier round', () => {
    const again = { ...asked, round: 2 };
    const votes = [vote('U0LEO', ['security']), vote('U0RAVI', ['release-manager'])];

    const late = approvalStanding(happened(asked, again, ...votes), rules, aMoment);
    const voided = approvalStanding(happened(asked, ...votes, again), rules, aMoment);

    expect(late).toMatchObject({ kind: 'open', open: needs });
    expect(voided).toMatchObject({ kind: 'open', open: needs });
  });

  it('counts nothing but what people say', () => {
    const job = aRecordedEvent(
      { type: 'voted', round: 1, verdict: 'approve', countsFor: ['security'] },
      { version: 3, by: { kind: 'job', run: 'prepare/142' } },
    );
    const events = [aRecordedEvent(aRequestedEvent({ plan })), aRecordedEvent(asked, { version: 2 }), job];

    expect(deploymentOf(events)?.approval?.votes).toEqual([]);
  });

  it('is there where an emergency was declared of exactly this, and of nothing else', () => {
    const emergency: DeploymentEvent = { type: 'emergency-declared', digest };

    expect(approvalStanding(happened(asked, emergency), rules, aMoment)).toEqual({ kind: 'approved' });
    expect(
      approvalStanding(happened(asked, emergency, { type: 'replanned', plan: drifted }), rules, aMoment).kind,
    ).toBe('to-ask');
    expect(approvalStanding(happened(asked, emergency), { ...rules, version: 'p2' }, aMoment).kind).toBe(
      'to-ask',
    );
  });

  it('says of an emergency whether it is one still: of this plan, under this policy, at this time', () => {
    const deployment = happened(asked, { type: 'emergency-declared', digest });

    expect(isEmergency(happened(asked), version)).toBe(false);
    expect(isEmergency(deployment, version)).toBe(true);
    expect(isEmergency(deployment, 'p2')).toBe(false);
    expect(isEmergency({ ...deployment, plan: drifted }, version)).toBe(false);
    expect(isEmergency({ ...deployment, startAt: aMoment }, version)).toBe(false);
    expect(isEmergency({ ...deployment, startedAt: aMoment }, 'p2')).toBe(true);
    expect(isEmergency(happened({ type: 'started' }), version)).toBe(false);
  });

  it('reminds nobody of what nobody was asked', () => {
    expect(happened({ type: 'approval-reminded' })).not.toHaveProperty('approval');
  });
});

describe('the time a deployment is scheduled for', () => {
  const at = Date.UTC(2026, 0, 6, 2);
  const later = Date.UTC(2026, 0, 6, 3, 30);

  it('is part of what people are asked about', () => {
    expect(askedAbout(plan, version, at)).not.toBe(digest);
    expect(askedAbout(plan, version, at)).not.toBe(askedAbout(plan, version, later));
    expect(askedAbout(plan, version, at)).toBe(askedAbout(aPlan(), version, at));
  });

  it('is told where it has changed, for readers anywhere', () => {
    expect(startChange(at, later)).toEqual([
      'It starts on 2026-01-06 at 03:30 UTC instead of 2026-01-06 at 02:00 UTC.',
    ]);
    expect(startChange(at, at)).toEqual([]);
    expect(startChange(undefined, at)).toEqual([]);
    expect(startChange(at, undefined)).toEqual([]);
  });

  it('is told with the difference where people are asked again', () => {
    const scheduled = [aRequestedEvent({ plan, startAt: at }), asked].map((event, index) =>
      aRecordedEvent(event, { version: index + 1 }),
    );
    const moved = aRecordedEvent({ type: 'rescheduled', startAt: later }, { version: 3 });
    const deployment = deploymentOf([...scheduled, moved]);
    if (deployment === undefined) throw new Error('Nothing was asked for');

    expect(approvalStanding(deployment, rules, aMoment)).toMatchObject({
      ...{ kind: 'to-ask', round: 2, digest: askedAbout(plan, version, later) },
      changes: ['It starts on 2026-01-06 at 03:30 UTC instead of 2026-01-06 at 02:00 UTC.'],
    });
  });
});

describe('the digest of what people are asked about', () => {
  it.each([
    ['the release', aPlan({ to: aRelease({ version: 'v1.2.0' }) }), version],
    ['what is live', drifted, version],
    ['the steps', aPlan({ steps: plan.steps.slice(1) }), version],
    ['the strategy', aPlan({ strategy: 'canary' }), version],
    ['the policy', plan, 'p2'],
  ])('is another one with another of %s', (_what, other, policy) => {
    expect(askedAbout(other, policy)).not.toBe(digest);
  });

  it('is the same for the same', () => {
    expect(askedAbout(aPlan(), version)).toBe(digest);
  });
});
