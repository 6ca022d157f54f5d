import { describe, expect, it } from 'vitest';
import type { Plan } from '../../src/domain/plan.ts';
import { whoIsAffected } from '../../views/who-is-affected.ts';
import { aDeployment, aPlanFor, aRequestedEvent } from '../builders.ts';
import { aCanary } from './canary.ts';

const affected = (plan: Plan) => whoIsAffected(aDeployment([aRequestedEvent({ plan })]), 'Shop & Co');

describe('who is affected by a deployment', () => {
  it('is everyone, a few at a time, where tasks are replaced', () => {
    expect(affected(aPlanFor(['us-east-1']))).toBe(
      'Who is affected: everyone who uses Shop &amp; Co in production, a few at a time, while one task after the other is replaced.',
    );
  });

  it('is nobody at first, then a part of the requests, then everyone in a canary', () => {
    expect(affected(aCanary(['us-east-1', 'eu-west-1']))).toBe(
      'Who is affected: nobody until it is healthy and tested, then 10 %, 25 % and 50 % of the requests, then everyone who uses Shop &amp; Co in production.',
    );
  });

  it('is everyone at once where all traffic moves in one step', () => {
    expect(affected(aCanary(['us-east-1'], { weights: [100] }))).toBe(
      'Who is affected: nobody until it is healthy and tested, then everyone who uses Shop &amp; Co in production at once.',
    );
  });
});
