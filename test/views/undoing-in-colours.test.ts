import { describe, expect, it } from 'vitest';
import type { DeploymentEvent } from '../../src/domain/events.ts';
import { aMoment } from '../builders.ts';
import { aCanary, baking, ready, succeeded } from './canary.ts';
import { linesAfter, wordsAfter } from './message-reading.ts';

const region = 'us-east-1';
const plan = aCanary();

describe('what can be undone in colours', () => {
  const undone = (events: readonly DeploymentEvent[], now?: number) =>
    linesAfter(events, now).find((line) => line.startsWith('Can be undone'));

  it('is nothing much before traffic moves, and within seconds while the release before is warm', () => {
    expect(undone(ready(plan))).toBe('Can be undone: no traffic has moved yet, abort leaves v1.0.0 live.');
    expect(undone(baking(plan, 25))).toBe(
      'Can be undone: abort moves all traffic back to v1.0.0 within seconds.',
    );
  });

  it('is instant until the standby ends, and then takes a start', () => {
    expect(undone(succeeded(plan))).toBe(
      'Can be undone: back to v1.0.0 instantly until 2026-01-06 09:00 UTC, after that in about 3 min.',
    );
    expect(undone(succeeded(plan), aMoment + 86_400_000)).toBe(
      'Can be undone: putting v1.0.0 back takes about 3 min, since its tasks have to start again.',
    );
    expect(undone([...succeeded(plan), { type: 'standby-ended', region }])).toContain('takes about 3 min');
  });

  it('is not instant where one of several regions is cold', () => {
    const two = aCanary([region, 'eu-west-1']);

    expect(undone(succeeded(two))).toContain('takes about 3 min');
  });

  it('is said before Abort is pressed too', () => {
    const asked = (events: readonly DeploymentEvent[]) =>
      wordsAfter(events).find((text) => text.includes('meanwhile stays'));

    expect(asked(baking(plan, 25))).toContain('Its tasks are warm: traffic moves within seconds.');
    expect(asked(ready(plan))).toContain('No traffic has moved yet.');
  });
});
