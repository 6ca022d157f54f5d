import { describe, expect, it } from 'vitest';
import type { DeploymentEvent } from '../../src/domain/events.ts';
import { aDeployment, aMoment, aPerson } from '../builders.ts';
import { anAsking } from '../in-phase.ts';

const asking = anAsking();
const why = 'customers cannot pay';

describe('a deployment that people let start', () => {
  it('remembers what they were asked about, and who has voted', () => {
    const { approval, phase, plan } = aDeployment([
      asking,
      { type: 'voted', round: 1, verdict: 'approve', countsFor: ['security'] },
    ]);

    const { type: _asked, ...asked } = asking;
    expect(phase).toEqual({ kind: 'awaiting-approval' });
    expect(approval).toEqual({
      ...{ ...asked, about: plan, askedAt: aMoment + 1_000 },
      votes: [{ voter: 'U0MAYA', verdict: 'approve', at: aMoment + 2_000, countsFor: ['security'] }],
    });
  });

  it('that was rejected keeps by whom and why', () => {
    expect(aDeployment([asking, { type: 'rejected' }], { why }).phase).toEqual({
      ...{ kind: 'rejected', by: aPerson, reason: why },
    });
    expect(aDeployment([asking, { type: 'rejected' }]).phase).toMatchObject({ reason: '' });
  });

  it('waits for its time, which may be unknown', () => {
    const waits: DeploymentEvent = { type: 'waiting', for: 'lock', why: 'Leo holds it.' };

    expect(aDeployment([waits]).phase).toEqual({ kind: 'waiting', for: 'lock', why: 'Leo holds it.' });
    expect(aDeployment([{ ...waits, until: 7 }]).phase).toMatchObject({ until: 7 });
  });

  it('remembers who consented to its time, with the reason where one was given', () => {
    expect(aDeployment([{ type: 'consented' }]).consent).toEqual({ by: aPerson, at: aMoment + 1_000 });
    expect(aDeployment([{ type: 'consented' }], { why }).consent).toMatchObject({ why });
  });

  it('remembers its emergency, what that passed over and the review it left due', () => {
    const story: DeploymentEvent[] = [
      { type: 'emergency-declared', digest: 'd1' },
      { type: 'review-due', at: 99 },
      { type: 'passed-over', what: ['A freeze.'] },
      { type: 'review-reminded' },
    ];

    expect(aDeployment(story, { why })).toMatchObject({
      emergency: { by: aPerson, at: aMoment + 1_000, digest: 'd1', why },
      review: { due: 99 },
      passedOver: ['A freeze.'],
    });
    expect(aDeployment([...story, { type: 'reviewed', text: 'a full disk' }]).review).toEqual({
      due: 99,
      written: { by: aPerson, at: aMoment + 5_000, text: 'a full disk' },
    });
  });

  it('takes a review that nobody waited for as due when it was written', () => {
    expect(aDeployment([{ type: 'reviewed', text: 'all went well' }]).review?.due).toBe(aMoment + 1_000);
  });

  it.each<[string, DeploymentEvent]>([
    ['people are asked', asking],
    ['somebody consents', { type: 'consented' }],
    ['it is an emergency', { type: 'emergency-declared', digest: 'd1' }],
    ['it is planned anew', { type: 'replanned', plan: aDeployment().plan }],
  ])('means something else by its buttons once %s', (_what, event) => {
    expect(aDeployment([event]).generation).toBeGreaterThan(aDeployment().generation);
  });

  it('is no emergency any more once it is planned anew: who called it one saw another plan', () => {
    const { plan } = aDeployment();

    expect(
      aDeployment([
        { type: 'emergency-declared', digest: 'd1' },
        { type: 'replanned', plan },
      ]),
    ).not.toHaveProperty('emergency');
  });

  it('is no emergency any more once people are asked anew, or it waits for its time', () => {
    const declared: DeploymentEvent = { type: 'emergency-declared', digest: 'd1' };
    const waits = { type: 'waiting', why: 'x' } as const;

    expect(aDeployment([declared, asking])).not.toHaveProperty('emergency');
    expect(aDeployment([declared, { ...waits, for: 'freeze' }])).not.toHaveProperty('emergency');
    expect(aDeployment([declared, { ...waits, for: 'deployment' }])).toHaveProperty('emergency');
  });
});
