import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GatePolicy } from '../../../src/domain/gate-policy.ts';
import { judgeTargets, judgeTriggers, type Measurements } from '../../../src/domain/gates/index.ts';
import { aLook } from './arbitrary-look.ts';
import { aPolicy, type Measured, measurements, readingOf, SINCE, type Values } from './measured.ts';

const policy = aPolicy({
  pass: { errors: 0.01, fiveXx: 0.005, p95: 500, p99: 400, activeConnections: 0.8 },
  rollBackWhen: { for: 120_000, errors: 0.05, fiveXx: 0.02, p99: 1000, activeConnectionsBelow: 0.5 },
});

/** Everything that is decided, without the words and numbers it is told with. */
function decided(look: Measurements, by: GatePolicy = policy, since = SINCE) {
  const triggers = judgeTriggers(look, by, since);
  const targets = judgeTargets(look, by, since);
  const kinds = [...triggers.readings, ...targets.readings].map(({ gate, kind }) => `${gate} ${kind}`);
  return { decision: triggers.decision, result: targets.kind, kinds };
}

function withMore(values: Values = [], bucket: number, more: number): Values {
  return values.map((value, index) => (index === bucket ? (value ?? 0) + more : value));
}

const GOODNESS = { passed: 2, inconclusive: 1, error: 1, failed: 0 } as const;

describe('the gates', () => {
  it('never think better of a bake that had more errors', () => {
    const errors = fc.constantFrom('target5xx', 'connectionErrors' as const);
    const more = fc.tuple(aLook(), errors, fc.nat({ max: 5 }), fc.integer({ min: 1, max: 100 }));
    fc.assert(
      fc.property(
        more,
        fc.constantFrom('traffic', 'smoke' as const),
        ([look, kind, bucket, count], evidence) => {
          const next = { ...look.next, [kind]: withMore(look.next[kind], bucket, count) };
          for (const gate of ['errors', '5xx'] as const) {
            const goodness = (measured: Measured) =>
              GOODNESS[
                readingOf(judgeTargets(measurements(measured), { ...policy, evidence }, SINCE), gate).kind
              ];
            expect(goodness({ ...look, next })).toBeLessThanOrEqual(goodness(look));
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it('never keep a release for having had more errors, where there is nothing to compare it with', () => {
    fc.assert(
      fc.property(aLook(), fc.nat({ max: 5 }), fc.integer({ min: 1, max: 100 }), (look, bucket, count) => {
        const alone = { ...look, live: {}, targets: {} };
        const next = { ...look.next, target5xx: withMore(look.next.target5xx, bucket, count) };
        fc.pre(judgeTriggers(measurements(alone), policy, SINCE).decision === 'roll-back');
        expect(judgeTriggers(measurements({ ...alone, next }), policy, SINCE).decision).toBe('roll-back');
      }),
    );
  });

  it('decide the same in a world where every time is shorter by the same factor', () => {
    fc.assert(
      fc.property(aLook(), fc.constantFrom(12, 60, 240), (look, factor) => {
        const usual = measurements(look);
        const shorter = (series: readonly { at: number; value: number }[]) =>
          series.map(({ at, value }) => ({ at: at / factor, value }));
        const colour = (side: Measurements['next']) => ({
          ...{ requests: shorter(side.requests), target5xx: shorter(side.target5xx) },
          ...{ target4xx: shorter(side.target4xx), connectionErrors: shorter(side.connectionErrors) },
          ...{ p95Ms: shorter(side.p95Ms), p99Ms: shorter(side.p99Ms) },
        });
        const { elb5xx, activeConnections, requests } = usual.balancer;
        const scaled: Measurements = {
          ...usual,
          ...{ now: usual.now / factor, visibleUntil: usual.visibleUntil / factor },
          ...{
            periodSeconds: usual.periodSeconds / factor,
            next: colour(usual.next),
            live: colour(usual.live),
          },
          balancer: {
            elb5xx: shorter(elb5xx),
            activeConnections: shorter(activeConnections),
            requests: shorter(requests),
          },
        };
        const forLess = { ...policy.rollBackWhen, for: policy.rollBackWhen.for / factor };
        expect(decided(scaled, { ...policy, rollBackWhen: forLess }, SINCE / factor)).toEqual(decided(usual));
      }),
    );
  });

  it('do not mind in which order measurements come', () => {
    fc.assert(
      fc.property(aLook(), (look) => {
        const inOrder = measurements(look);
        const colour = (side: Measurements['next']) => ({
          ...{ requests: side.requests.toReversed(), target5xx: side.target5xx.toReversed() },
          ...{ target4xx: side.target4xx.toReversed(), connectionErrors: side.connectionErrors.toReversed() },
          ...{ p95Ms: side.p95Ms.toReversed(), p99Ms: side.p99Ms.toReversed() },
        });
        const reversed = { ...inOrder, next: colour(inOrder.next), live: colour(inOrder.live) };
        expect(judgeTriggers(reversed, policy, SINCE)).toEqual(judgeTriggers(inOrder, policy, SINCE));
        expect(judgeTargets(reversed, policy, SINCE)).toEqual(judgeTargets(inOrder, policy, SINCE));
      }),
    );
  });

  it('never roll back a service so quiet that each failure may be chance', () => {
    fc.assert(
      fc.property(aLook(8), (look) => {
        const quiet = measurements({ ...look, elb5xx: [] });
        expect(judgeTriggers(quiet, policy, SINCE).decision).toBe('go-on-watching');
      }),
    );
  });

  it('never roll back or fail a fast release without errors, however few its requests', () => {
    fc.assert(
      fc.property(aLook(), (look) => {
        const fast = (look.next.p95Ms ?? []).map((ms) => (ms === undefined ? undefined : 100));
        const next = { requests: look.next.requests ?? [], p95Ms: fast, p99Ms: fast };
        const { decision, kinds } = decided(
          measurements({ ...look, next, elb5xx: [], activeConnections: [] }),
        );
        expect(decision).toBe('go-on-watching');
        const ofConnections = 'active-connections failed';
        expect(kinds.filter((kind) => kind.endsWith('failed') && kind !== ofConnections)).toEqual([]);
      }),
    );
  });

  it('never pass errors by fewer than 50 requests where traffic has to prove it', () => {
    fc.assert(
      fc.property(aLook(), (look) => {
        const reading = readingOf(judgeTargets(measurements(look), policy, SINCE), 'errors');
        fc.pre(reading.kind === 'passed');
        expect(reading.requests).toBeGreaterThanOrEqual(50);
      }),
    );
  });

  it('say nothing without a sentence, and no sentence without its end', () => {
    fc.assert(
      fc.property(aLook(), (look) => {
        const { readings } = judgeTargets(measurements(look), policy, SINCE);
        const all = [...judgeTriggers(measurements(look), policy, SINCE).readings, ...readings];
        for (const { words } of all) expect(words).toMatch(/^[A-Z0-9].*[^.;]\.$/u);
        expect(all.filter(({ words }) => /NaN|undefined|Infinity/u.test(words))).toEqual([]);
      }),
    );
  });
});
