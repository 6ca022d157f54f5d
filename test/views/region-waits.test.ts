import { describe, expect, it } from 'vitest';
import type { DeploymentEvent } from '../../src/domain/events.ts';
import { aMoment, aPlanFor, aRequestedEvent } from '../builders.ts';
import { aCanary, baking, done } from './canary.ts';
import { buttonsAfter, linesAfter } from './message-reading.ts';
import { lastLineAfter } from './thread-reading.ts';

const first = 'us-east-1';
const second = 'eu-west-1';
const plan = aCanary([first, second]);
const firstIsDone = [...baking(plan, 100), ...done(`${first}/bake-100`), ...done(`${first}/standby`)];
const why = '<@U0RAVI> has frozen everything: the sale';

function waits(
  region: string,
  change: Partial<Extract<DeploymentEvent, { type: 'region-waiting' }>> = {},
): DeploymentEvent {
  return { type: 'region-waiting', region, for: 'freeze', why, until: aMoment + 3_600_000, ...change };
}
const goesOn = (region: string): DeploymentEvent => ({ type: 'region-goes-on', region });

describe('a deployment that a freeze holds in the middle of a bake', () => {
  it('offers no skip until it goes on: that would not move anything', () => {
    const held = [...baking(plan, 25), waits(first)];

    expect(buttonsAfter(held)).not.toContain('skip');
    expect(buttonsAfter([...held, goesOn(first)])).toContain('skip');
  });
});

describe('a deployment that waits before its next region', () => {
  const words =
    '*Promotion waits before eu-west-1:* @U0RAVI has frozen everything: the sale. It goes on by itself, 2026-01-05 10:00 UTC at the earliest. What is done already stays as it is.';

  it('says so in its message and in the thread, with why and until when', () => {
    expect(linesAfter([...firstIsDone, waits(second)])).toContain(`:hourglass: ${words}`);
    expect(lastLineAfter([...firstIsDone, waits(second)])).toBe(
      `:hourglass_flowing_sand: ${words.replace('@U0RAVI', '<@U0RAVI>')}`,
    );
  });

  it('names no time where nobody knows one', () => {
    const unknown: DeploymentEvent = { type: 'region-waiting', region: second, for: 'window', why };

    expect(linesAfter([...firstIsDone, unknown]).join()).toContain(
      'It goes on by itself as soon as it may. What',
    );
  });

  it('says that it goes on, and is silent about it from then on', () => {
    const events = [...firstIsDone, waits(second), goesOn(second)];

    expect(lastLineAfter(events)).toBe('It goes on in eu-west-1.');
    expect(linesAfter(events).join()).not.toContain('waits before');
  });

  it('shows what somebody typed as it is, and mentions nobody in it', () => {
    const typed = waits(second, { why: 'Ravi has frozen everything: *<!channel>* & <@U1 |x>' });

    expect(lastLineAfter([...firstIsDone, typed])).toContain('*&lt;!channel&gt;* &amp; &lt;@U1 |x&gt;.');
  });

  it('is no promotion where no traffic is moved step by step', () => {
    const rolling = aRequestedEvent({ plan: aPlanFor([first, second]) });
    const begun: DeploymentEvent[] = [
      rolling,
      { type: 'started' },
      { type: 'step-started', step: `${first}/start` },
    ];

    expect(linesAfter([...begun, waits(second)]).join()).toContain('*It waits before eu-west-1:*');
    expect(lastLineAfter([...begun, waits(first)])).toMatch(
      /\*It waits in us-east-1:\*.*at the earliest\.$/u,
    );
  });

  it('offers consent and emergency to those who may, and pause and abort as ever', () => {
    const consent = waits(second, { for: 'consent', why: 'It is not a preferred time.' });

    expect(buttonsAfter([...firstIsDone, waits(second)])).toEqual(['emergency', 'pause', 'abort']);
    expect(buttonsAfter([...firstIsDone, consent])).toEqual(['consent', 'emergency', 'pause', 'abort']);
    expect(buttonsAfter([...firstIsDone, consent, { type: 'consented' }])).toEqual([
      ...['emergency', 'pause', 'abort'],
    ]);
    expect(
      buttonsAfter([...firstIsDone, waits(second), { type: 'emergency-declared', digest: 'd' }]),
    ).toEqual(['pause', 'abort']);
    expect(buttonsAfter([...firstIsDone, waits(second), goesOn(second)])).toEqual(['pause', 'abort']);
  });
});

describe('a deployment that is held in a region because its time is over', () => {
  it('says what that means for its traffic', () => {
    const told = linesAfter([...baking(plan, 100), waits(first)]).join('\n');

    expect(told).toContain('*Promotion waits in us-east-1:*');
    expect(told).toContain(
      'no more traffic moves and gates stay on; a bake that was under way begins again.',
    );
  });

  it('says that its bake begins again when it goes on', () => {
    expect(lastLineAfter([...baking(plan, 100), waits(first), goesOn(first)])).toBe(
      'It goes on in us-east-1; the bake begins again.',
    );
  });

  it('says nothing of it any more once it is aborted or put back', () => {
    const back: DeploymentEvent = { type: 'restoring', because: 'failure', reason: 'it answers 500' };

    for (const event of [back, { type: 'abort-requested' }] as const) {
      expect(linesAfter([...baking(plan, 100), waits(first), event]).join()).not.toContain('Promotion waits');
    }
  });
});

describe('the thread of a deployment that somebody lets go on', () => {
  it('says who, and that it goes on rather than starts', () => {
    const before = [...firstIsDone, waits(second)];

    expect(lastLineAfter([...before, { type: 'consented' }])).toBe('<@U0MAYA> lets it go on at this time.');
    expect(lastLineAfter([...before, { type: 'emergency-declared', digest: 'd' }])).toBe(
      ':rotating_light: <@U0MAYA> called it an emergency: it goes on at once, at any time.',
    );
  });
});
