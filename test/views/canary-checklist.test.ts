import { describe, expect, it } from 'vitest';
import type { DeploymentEvent } from '../../src/domain/events.ts';
import { aMoment, aRequestedEvent } from '../builders.ts';
import { aCanary, aReturn, baking, begun, done } from './canary.ts';
import { linesAfter } from './message-reading.ts';

const region = 'us-east-1';
const plan = aCanary();
const threeRegions = aCanary([region, 'eu-west-1', 'ap-southeast-1'], { asking: [50] });

describe('the checklist of a canary', () => {
  const items = (events: readonly DeploymentEvent[], now?: number) =>
    linesAfter(events, now)
      .filter((line) => / · (?:to do|now|done|failed|stopped|not done)/u.test(line))
      .map((line) => line.replace(/^:\w+: /u, ''));

  it('has one line for each weight, with the time that is left', () => {
    const told: DeploymentEvent = {
      ...{ type: 'step-progressed', step: `${region}/bake-25` },
      progress: { done: 420, of: 600 },
    };

    expect(items([...baking(plan, 25), told])).toEqual([
      'Check before the start · done',
      'Start v1.1.0 · done · 1 s',
      'Confirm what runs · done · 1 s',
      'Try it out before it gets traffic · done · 1 s',
      '10 % of traffic for 10 min · done · 8 s',
      '25 % of traffic for 10 min · now · 3 min left',
      '50 % of traffic for 10 min · to do',
      '100 % of traffic for 10 min · to do',
      'Keep v1.0.0 warm for 24 h · to do',
    ]);
  });

  it('goes by the clock before anything is told, and says where it is paused or waits for a person', () => {
    const waiting: DeploymentEvent[] = [
      ...baking(threeRegions, 50),
      { type: 'step-finished', step: `${region}/bake-50` },
      ...begun(`${region}/approve-50`),
    ];

    expect(items(baking(plan, 25), aMoment + 82_000)[5]).toBe(
      '25 % of traffic for 10 min · now · 9 min left',
    );
    expect(items(baking(plan, 25), aMoment + 3_600_000)[5]).toContain('now · nearly over');
    expect(items([...baking(plan, 25), { type: 'paused' }])[5]).toContain('now · paused');
    expect(items(waiting)[6]).toBe(
      '50 % of traffic in us-east-1 for 10 min, then ask · now · waiting for an answer',
    );
  });

  it('says in the line of the weight what failed there', () => {
    const told = items([
      ...baking(plan, 25),
      { type: 'step-failed', step: `${region}/bake-25`, reason: '6 % failed' },
    ]);

    expect(told[5]).toBe('25 % of traffic for 10 min · failed');
  });

  it('stays within what Slack takes, finished and far regions folded', () => {
    const told = items([
      ...baking(threeRegions, 100).slice(0, -1),
      ...threeRegions.steps.filter((step) => step.region === region).flatMap(({ id }) => done(id)),
      ...begun('eu-west-1/start'),
    ]);

    expect(told.length).toBeLessThanOrEqual(12);
    expect(told).toContain('us-east-1, 8 steps · done');
    expect(told.at(-1)).toBe('ap-southeast-1, 8 steps · to do');
  });

  it('of a rollback is to move traffic, to watch, and to stop the tasks of the newer release', () => {
    expect(items([aRequestedEvent({ plan: aReturn(), undoes: 141 })]).slice(1)).toEqual([
      'Move all traffic back to v1.0.0 · to do',
      'Watch v1.0.0 for 5 min · to do',
      'Stop the tasks of v1.1.0 · to do',
    ]);
  });
});

describe('the time it takes', () => {
  it('tells machine time from what a person has to say', () => {
    expect(linesAfter(baking(threeRegions, 25)).join('\n')).toContain(
      'of machine time left, and 3 go-aheads by a person',
    );
    expect(linesAfter(baking(aCanary([region], { asking: [100] }), 25)).join('\n')).toContain(
      'and one go-ahead by a person',
    );
    expect(linesAfter([...baking(plan, 25), { type: 'paused' }]).join('\n')).toMatch(
      /paused by a person · .* of machine time left once it is resumed/u,
    );
  });
});
