import { describe, expect, it } from 'vitest';
import type { DeploymentEvent } from '../../src/domain/events.ts';
import { aRequestedEvent } from '../builders.ts';
import { aCanary, aReturn, begun, goingBack, moved } from './canary.ts';
import { titleAfter, wordsAfter } from './message-reading.ts';
import { lastLineAfter } from './thread-reading.ts';

const region = 'us-east-1';
const failing = goingBack(aCanary(), 25);
const back = moved(0, { generation: 99, before: 25, took: 900 });
const stuck: DeploymentEvent = { type: 'restore-blocked', region, reason: 'The switch is not gone yet' };
const rollback: DeploymentEvent[] = [
  aRequestedEvent({ plan: aReturn(), undoes: 141 }),
  { type: 'started' },
  ...begun(`${region}/return`),
];
const unwell: DeploymentEvent = { type: 'blocked', reason: 'v1.0.0 is back and is not well either' };

describe('trouble that comes after the traffic is back', () => {
  it('is not told as if the traffic were not back', () => {
    expect(wordsAfter([...failing, ...back, stuck])).toContain(
      ':warning: *Traffic is back in us-east-1, but not all is well:* The switch is not gone yet. Look at it; Forge goes on meanwhile.',
    );
    expect(lastLineAfter([...failing, ...back, stuck])).toBe(
      ':warning: <@U0MAYA> <!subteam^S0ONCALL> v1.0.0 has all traffic in us-east-1 again, but not all is well: The switch is not gone yet. Look at it; Forge goes on meanwhile.',
    );
  });

  it('of a rollback is not told as if the rollback did not get on', () => {
    const watched = [...rollback, ...moved(0, { generation: 7, before: 100, took: 812 }), unwell];

    expect(wordsAfter(watched)).toContain(
      ':warning: *Traffic is back, but not all is well:* v1.0.0 is back and is not well either. Look at it; Forge goes on meanwhile.',
    );
    expect(lastLineAfter(watched)).toBe(
      ':warning: <@U0MAYA> <!subteam^S0ONCALL> All traffic is on v1.0.0 again, but not all is well: v1.0.0 is back and is not well either. Look at it; Forge goes on meanwhile.',
    );
    expect(lastLineAfter([...rollback, unwell])).toContain('The rollback does not get on:');
  });
});

describe('traffic that was moved to the release with more tasks, since the other one had too few', () => {
  const elsewhere = moved(100, { generation: 99, before: 25, took: 900 });

  it('is not told as back', () => {
    expect(titleAfter([...failing, ...elsewhere])).toContain('Failed: putting v1.0.0 back on Checkout');
    expect(wordsAfter([...failing, ...elsewhere, stuck]).join()).toContain('*Not confirmed in us-east-1:*');
    expect(lastLineAfter([...failing, ...elsewhere, stuck])).toContain(
      'v1.0.0 is not confirmed back in us-east-1',
    );
  });

  it('is not told as back by a rollback either', () => {
    const stays = moved(100, { generation: 7, before: 50, took: 812 });

    expect(titleAfter([...rollback, ...stays])).toContain('Rolling Checkout in production back to v1.0.0');
  });
});
