import { describe, expect, it } from 'vitest';
import type { DeploymentEvent } from '../../src/domain/events.ts';
import { aMoment, aRequestedEvent } from '../builders.ts';
import {
  aCanary,
  aGate,
  aReturn,
  baking,
  begun,
  done,
  gatesRead,
  goingBack,
  moved,
  ready,
  succeeded,
} from './canary.ts';
import { lastLineAfter, lineAbout, threadAfter } from './thread-reading.ts';

const plan = aCanary();
const region = 'us-east-1';

describe('the thread of a canary', () => {
  it('has a line for each phase, and none for what a step only does on the way', () => {
    expect(threadAfter(succeeded(aCanary([region], { weights: [50, 100] })))).toEqual([
      'Checks passed. Starting.',
      'Start v1.1.0: done.',
      'Confirm what runs: done.',
      'Try it out before it gets traffic: done.',
      '50 % of traffic goes to v1.1.0, confirmed by the load balancer.',
      'Watch v1.1.0 at 50 %: done.',
      '100 % of traffic goes to v1.1.0, confirmed by the load balancer.',
      'Watch v1.1.0 at 100 %: done.',
      'v1.0.0 stays warm until 2026-01-06 09:00 UTC: until then a rollback is instant.',
      ':white_check_mark: <@U0MAYA> v1.1.0 is live on Checkout in production.',
    ]);
  });

  it('tells a return with how long it took', () => {
    const back = [...goingBack(plan, 25), ...moved(0, { generation: 99, before: 25, took: 3_100 })];

    expect(lastLineAfter(back)).toBe(
      ':rewind: 0 % on v1.1.0, confirmed 3.1 s after Forge decided it. v1.0.0 has all traffic.',
    );
  });

  it('tells a rollback’s return by region', () => {
    const request = aRequestedEvent({ plan: aReturn([region, 'eu-west-1']), undoes: 141 });

    expect(lastLineAfter([request, ...moved(0, { generation: 7, before: 100, took: 812 })])).toBe(
      ':rewind: 0 % on v1.1.0, confirmed 0.8 s after the click in us-east-1. v1.0.0 has all traffic.',
    );
  });

  it('does not take the confirmation of an older intent for the newest', () => {
    const late: DeploymentEvent = {
      type: 'traffic-confirmed',
      region,
      split: { blue: 0, green: 100 },
      generation: 3,
    };

    expect(threadAfter([...baking(plan, 25), late])).toEqual(threadAfter(baking(plan, 25)));
  });
});

describe('the thread about gates', () => {
  const bad = aGate({ kind: 'failed', words: '6.1 % of 412 requests failed; at most 1 % may' });

  it('tells of a gate once in each bake that it fails', () => {
    const looks = [gatesRead([bad]), gatesRead([aGate()]), gatesRead([bad])];
    const next = gatesRead([bad], { weight: 50 });

    const told = threadAfter([...baking(plan, 25), ...looks, next]).filter((line) => line.startsWith(':x:'));

    expect(told).toEqual([
      ':x: Errors outside the limit at 25 %: 6.1 % of 412 requests failed; at most 1 % may.',
      ':x: Errors outside the limit at 50 %: 6.1 % of 412 requests failed; at most 1 % may.',
    ]);
  });

  it('tells once that promotion waits, however the reason changes', () => {
    const looks = ['12 of about 300 requests', '57 of about 300 requests'].map((waits) =>
      gatesRead([aGate()], { waits }),
    );

    const told = threadAfter([...baking(plan, 25), ...looks]).filter((line) => line.includes('waits'));

    expect(told).toEqual([':hourglass: Promotion waits at 25 %: 12 of about 300 requests.']);
  });

  it('says nothing of looks at which all is well', () => {
    expect(threadAfter([...baking(plan, 25), gatesRead([aGate()])])).toEqual(threadAfter(baking(plan, 25)));
  });
});

describe('the thread about people', () => {
  const baked = baking(aCanary([region], { asking: [25] }), 25);

  it.each<[DeploymentEvent, string]>([
    [
      { type: 'paused' },
      ':double_vertical_bar: <@U0MAYA> paused it: it does not go on to its next step. Gates and automatic rollback stay on.',
    ],
    [{ type: 'unpaused' }, '<@U0MAYA> resumed it; the bake begins again.'],
    [{ type: 'skipped', step: `${region}/bake-25` }, '<@U0MAYA> ended the wait at 25 % early.'],
    [{ type: 'approved', step: `${region}/approve-25` }, '<@U0MAYA> let it go on after 25 %.'],
    [{ type: 'acknowledged' }, ':eyes: <@U0MAYA> is on it. Forge goes on trying and calls nobody again.'],
  ])('tells who did it: %o', (event, line) => {
    expect(lastLineAfter([...baked, event])).toBe(line);
  });

  it('speaks of gates and bakes only where there are some', () => {
    const rolling: DeploymentEvent[] = [
      aRequestedEvent({}),
      { type: 'started' },
      ...begun('start/eu-west-1'),
    ];

    expect(lastLineAfter([...rolling, { type: 'paused' }])).toMatch(
      /does not go on to its next step\. A release that turns out bad is taken back all the same\.$/u,
    );
    expect(lastLineAfter([...rolling, { type: 'paused' }, { type: 'unpaused' }])).toBe(
      '<@U0MAYA> resumed it.',
    );
    expect(lastLineAfter([...ready(plan), { type: 'paused' }, { type: 'unpaused' }])).toBe(
      '<@U0MAYA> resumed it.',
    );
  });

  it('quotes the reason as theirs', () => {
    expect(lastLineAfter([...baked, { type: 'paused' }], 'sales asked for it')).toMatch(
      /\n> sales asked for it$/u,
    );
  });
});

describe('the thread about the switch and the standby', () => {
  it.each<[DeploymentEvent, string]>([
    [
      { type: 'switch-not-armed', region, reason: 'the role is missing' },
      ':warning: The dead-man switch is NOT armed: the role is missing. If Forge falls silent, traffic stays where it is.',
    ],
    [
      { type: 'switch-fired', region, to: 'blue' },
      ':warning: <@U0MAYA> <@U0SAM> Forge was silent for too long, and the dead-man switch moved traffic back to v1.0.0.',
    ],
  ])('tells people what they must know: %o', (event, line) => {
    expect(lastLineAfter([...baking(plan, 25), event])).toBe(line);
  });

  it('says nothing of arming and taking away', () => {
    const events: DeploymentEvent[] = [
      { type: 'switch-armed', region, to: 'blue', after: 300_000 },
      { type: 'switch-disarmed', region },
    ];

    expect(threadAfter([...ready(plan), ...events])).toEqual(threadAfter(ready(plan)));
  });

  it('tells that a rollback is not instant any more, and why', () => {
    expect(
      lastLineAfter([...succeeded(plan), { type: 'standby-ended', region, reason: 'used by #150' }]),
    ).toBe('v1.0.0 is not kept warm any more: used by #150. A rollback from v1.1.0 is no longer instant.');
  });

  it('says nothing of the end of a standby once the release is taken back, or is on its way', () => {
    const ended: DeploymentEvent = { type: 'standby-ended', region, reason: 'used by #150' };
    const undone: DeploymentEvent[] = [...succeeded(plan), { type: 'undone', by: 150 }];
    const going: DeploymentEvent[] = [
      ...succeeded(plan).slice(0, -1),
      { type: 'restoring', because: 'failure', reason: 'x' },
    ];

    expect(threadAfter([...undone, ended])).toEqual(threadAfter(undone));
    expect(threadAfter([...going, ended])).toEqual(threadAfter(going));
  });

  it('does not tell each time that the end of a standby is put off', () => {
    const kept: DeploymentEvent = {
      ...{ type: 'standby-kept', region, on: 'blue', desired: 2 },
      until: aMoment + 90_000_000,
    };
    const told = (run: string) => lineAbout(kept, succeeded(plan), { by: { kind: 'job', run } });

    expect(told('deploy/150')).toContain('until then a rollback is instant.');
    expect(told('end-standby/142/us-east-1/1')).toBeUndefined();
  });

  it('says nothing of the end of a standby that there never was', () => {
    expect(threadAfter([...ready(plan), { type: 'standby-ended', region }])).toEqual(
      threadAfter(ready(plan)),
    );
  });
});

describe('who is called', () => {
  const blocked: DeploymentEvent = { type: 'restore-blocked', region, reason: 'AWS does not answer' };
  const back = goingBack(plan, 25);

  it('are the commanders, each time it is told that putting back does not get on', () => {
    const told = threadAfter([...back, blocked, blocked]).filter((line) =>
      line.includes('not confirmed back'),
    );

    expect(told).toEqual(
      Array.from(
        { length: 2 },
        () =>
          ':warning: <@U0MAYA> <!subteam^S0ONCALL> v1.0.0 is not confirmed back in us-east-1: AWS does not answer. Forge keeps trying.',
      ),
    );
  });

  it('is nobody once somebody is on it', () => {
    expect(lastLineAfter([...back, blocked, { type: 'acknowledged' }, blocked])).toBe(
      ':warning: v1.0.0 is not confirmed back in us-east-1: AWS does not answer. Forge keeps trying.',
    );
  });

  it('are the commanders for a rollback that is blocked, and the admins for a deployment on its way', () => {
    const trouble: DeploymentEvent = { type: 'blocked', reason: 'AWS does not answer' };
    const undo = [aRequestedEvent({ plan: aReturn(), undoes: 141 }), ...begun(`${region}/return`)];

    expect(lastLineAfter([...undo, trouble])).toContain(
      '<@U0MAYA> <!subteam^S0ONCALL> The rollback does not get on',
    );
    expect(lastLineAfter([...ready(plan), trouble])).toContain('<@U0MAYA> <@U0SAM> #142 does not get on');
  });
});

it('the thread of a rollback tells what it did, and that it is watched', () => {
  const events: DeploymentEvent[] = [
    aRequestedEvent({ plan: aReturn(), undoes: 141 }),
    { type: 'started' },
    ...begun(`${region}/return`),
    ...moved(0, { generation: 7, before: 100, took: 812 }),
    { type: 'step-finished', step: `${region}/return` },
    ...done(`${region}/watch`, `${region}/retire`),
    { type: 'succeeded' },
  ];

  expect(threadAfter(events).slice(1)).toEqual([
    ':rewind: 0 % on v1.1.0, confirmed 0.8 s after the click. v1.0.0 has all traffic.',
    'Watch v1.0.0 for 5 min: done.',
    'Stop the tasks of v1.1.0: done.',
    ':white_check_mark: <@U0MAYA> Checkout in production is back on v1.0.0.',
  ]);
});
