import { describe, expect, it } from 'vitest';
import { buttonsIn } from '../../sandbox/find-button.ts';
import { plainText } from '../../sandbox/plain-text.ts';
import type { DeploymentEvent } from '../../src/domain/events.ts';
import { bar } from '../../views/traffic.ts';
import { aDeployment, aMoment, aRequestedEvent } from '../builders.ts';
import {
  aCanary,
  aGate,
  aReturn,
  baking,
  begun,
  done,
  gatesRead,
  moved,
  ready,
  succeeded,
  toGreen,
} from './canary.ts';
import { readableIn } from './rules.ts';
import { messageOf, oldWorkspace } from './shapes.ts';

const plan = aCanary();
const region = 'us-east-1';
const threeRegions = aCanary([region, 'eu-west-1', 'ap-southeast-1'], { asking: [50] });
const failing: DeploymentEvent[] = [
  ...baking(plan, 25),
  { type: 'restoring', because: 'failure', reason: '6 % of requests failed' },
];

/** Every line people read, dates as their readers in London see them. */
function lines(events: readonly DeploymentEvent[], now = aMoment + 60_000): string[] {
  const { blocks } = messageOf(aDeployment(events), { unsupported: oldWorkspace, now });
  return plainText(blocks)
    .flatMap((text) => text.split(' / '))
    .map((text) => text.replaceAll(/<!date\^\d+\^[^|]*\|([^>]*)>/gu, '$1'));
}

const title = (events: readonly DeploymentEvent[]) => messageOf(aDeployment(events)).text;
const commands = (events: readonly DeploymentEvent[]) =>
  buttonsIn(messageOf(aDeployment(events)).blocks).map(({ action_id }) => action_id);

describe('the traffic', () => {
  it('is told for each release, as a bar too, with when the load balancer said so', () => {
    expect(lines(baking(plan, 25))).toContain(
      'v1.1.0 ▓▓▓░░░░░░░ 25 %  ·  v1.0.0 75 %, confirmed 09:00:20 UTC',
    );
  });

  it('is not said to have moved before it is read back', () => {
    const intent: DeploymentEvent = {
      ...{ type: 'traffic-intended', region, generation: 11 },
      ...{ split: toGreen(25), before: toGreen(10) },
    };

    expect(lines([...baking(plan, 10), intent])).toContain('v1.1.0 ▓░░░░░░░░░ 10 %, moving to 25 % …');
  });

  it('is told by region, with those that come later', () => {
    expect(lines(baking(threeRegions, 10))).toEqual(
      expect.arrayContaining([
        'us-east-1: v1.1.0 ▓░░░░░░░░░ 10 %  ·  v1.0.0 90 %, confirmed 09:00:14 UTC',
        'Not moved yet: eu-west-1, ap-southeast-1',
      ]),
    );
  });

  it('that was moved back is told with how long it took, since the click or since Forge decided it', () => {
    const back = moved(0, { generation: 99, before: 25, took: 3_140 });
    const aborted: DeploymentEvent[] = [
      ...baking(plan, 25),
      { type: 'abort-requested' },
      { type: 'restoring', because: 'abort', reason: '' },
    ];

    expect(lines([...failing, ...back])).toContain(
      '*0 % on v1.1.0, confirmed 3.1 s after Forge decided it*  ·  v1.0.0 ▓▓▓▓▓▓▓▓▓▓ 100 %',
    );
    expect(lines([...aborted, ...back])).toContain(
      '*0 % on v1.1.0, confirmed 3.1 s after the click*  ·  v1.0.0 ▓▓▓▓▓▓▓▓▓▓ 100 %',
    );
  });

  it('of a rollback counts from its click', () => {
    const back = [
      aRequestedEvent({ plan: aReturn(), undoes: 141 }),
      { type: 'started' } as const,
      ...moved(0, { generation: 7, before: 100, took: 812 }),
    ];

    expect(lines(back)).toContain(
      '*0 % on v1.1.0, confirmed 0.8 s after the click*  ·  v1.0.0 ▓▓▓▓▓▓▓▓▓▓ 100 %',
    );
  });

  it('is not told where it has moved on since', () => {
    const replaced: DeploymentEvent[] = [...succeeded(plan), { type: 'replaced', by: 150 }];

    expect(lines(replaced).some((line) => line.includes('▓'))).toBe(false);
  });

  it.each([
    [0, '░░░░░░░░░░'],
    [1, '▓░░░░░░░░░'],
    [50, '▓▓▓▓▓░░░░░'],
    [99, '▓▓▓▓▓▓▓▓▓░'],
    [100, '▓▓▓▓▓▓▓▓▓▓'],
  ])('%i %% is neither empty nor full unless it is', (percent, drawn) => {
    expect(bar(percent)).toBe(drawn);
  });
});

describe('the first line', () => {
  const back = moved(0, { generation: 99, before: 25, took: 900 });

  it.each([
    ['paused', [...baking(plan, 25), { type: 'paused' } as const], 'Paused: v1.1.0 for Checkout'],
    ['on its way back', failing, 'Failed: putting v1.0.0 back on Checkout'],
    ['back', [...failing, ...back], 'Failed: v1.0.0 has all traffic again, cleaning up Checkout'],
  ])('says that it is %s', (_what, events, words) => {
    expect(title(events)).toContain(words);
  });

  it('says where putting back does not get on', () => {
    const blocked: DeploymentEvent = { type: 'restore-blocked', region, reason: 'AWS is silent' };

    expect(title([...failing, blocked])).toContain(
      'Failed: putting v1.0.0 back on Checkout in production, BLOCKED',
    );
  });

  it('of a rollback says that traffic is back while it is still watched, once it is in every region', () => {
    const request = aRequestedEvent({ plan: aReturn([region, 'eu-west-1']), undoes: 141 });
    const first = moved(0, { generation: 7, before: 100, took: 812 });
    const second = moved(0, { region: 'eu-west-1', generation: 7, before: 100, took: 900 });

    expect(title([request, { type: 'started' }, ...first])).toContain('Rolling Checkout in production back');
    expect(title([request, { type: 'started' }, ...first, ...second])).toContain(
      'Back on v1.0.0: it has all traffic and is watched, Checkout in production',
    );
  });

  it('says how much of the traffic a release got that was taken away again', () => {
    expect(title([...failing, ...back, { type: 'rolled-back' }])).toContain(
      'Failed: v1.1.0 got up to 25 % of traffic for',
    );
  });
});

describe('the gates', () => {
  const good = aGate({ gate: 'p95', value: '310 ms', limit: 'below 500 ms' });

  it('are told with value, limit and when they were measured, what is wrong first', () => {
    const gates = [
      good,
      aGate({ kind: 'inconclusive', gate: '5xx', words: '212 of about 300 requests needed' }),
      aGate({ kind: 'error', gate: 'p99', words: 'CloudWatch does not answer' }),
      aGate({ kind: 'failed', words: '6.1 % of 412 requests failed; at most 1 % may.' }),
    ];

    const told = lines([...baking(plan, 25), gatesRead(gates)]);

    const from = told.indexOf('*Gates* at 25 %, measured 09:02:00 UTC');
    expect(told.slice(from + 1, from + 5)).toEqual([
      ':x: *Errors over the limit:* 6.1 % of 412 requests failed; at most 1 % may.',
      ':warning: *p99 latency not measured:* CloudWatch does not answer.',
      ':grey_question: *Server errors, cannot tell yet:* 212 of about 300 requests needed.',
      ':white_check_mark: Within limits: p95 latency 310 ms (below 500 ms)',
    ]);
  });

  it('say when one was measured long before the others', () => {
    const old = aGate({ kind: 'failed', at: aMoment - 60_000 });

    expect(lines([...baking(plan, 25), gatesRead([old, good])]).join()).toContain('As of 08:59:00 UTC.');
  });

  it('are those of the region at work', () => {
    const events = [
      ...baking(threeRegions, 100),
      gatesRead([good], { weight: 100 }),
      ...done(`${region}/bake-100`),
      ...begun('eu-west-1/bake-10'),
      gatesRead([good], { weight: 10, region: 'eu-west-1' }),
    ];

    const told = lines(events).filter((line) => line.startsWith('*Gates*'));

    expect(told).toEqual([expect.stringContaining('in eu-west-1 at 10 %')]);
  });

  it('are one line at a good end', () => {
    const told = lines([...baking(plan, 100), gatesRead([good]), { type: 'succeeded' }]);

    expect(told.some((line) => line.startsWith('Every gate was within its limit at the last look'))).toBe(
      true,
    );
  });
});

describe('why promotion waits', () => {
  it('is that somebody paused it, and what goes on meanwhile', () => {
    expect(lines([...baking(plan, 25), { type: 'paused' }])).toContainEqual(
      expect.stringMatching(
        /\*Paused\* by @U0MAYA, 09:00:23 UTC\. .*a bake begins again.*rolled back all the same/u,
      ),
    );
  });

  it('is what the gates cannot tell', () => {
    const event = gatesRead([aGate()], { waits: 'both releases are slow: something they share' });

    expect(lines([...baking(plan, 25), event])).toContain(
      ':hourglass: *Promotion waits:* both releases are slow: something they share.',
    );
  });

  it('is nothing any more once it goes back', () => {
    const event = gatesRead([aGate()], { waits: 'too few requests' });
    const told = lines([...baking(plan, 25), event, { type: 'paused' }, ...failing.slice(-1)]);

    expect(told.join()).not.toMatch(/Promotion waits|\*Paused\*/u);
  });
});

describe('the dead-man switch', () => {
  it('is said to be armed, with what it does', () => {
    expect(lines(ready(plan))).toContain(
      ':stopwatch: Dead-man switch armed: if Forge falls silent for 5 min, traffic returns to v1.0.0 by itself.',
    );
  });

  it.each<[DeploymentEvent, RegExp]>([
    [
      { type: 'switch-not-armed', region, reason: 'the role is missing' },
      /NOT armed:\* the role is missing\. If Forge falls silent, traffic stays where it is\./u,
    ],
    [{ type: 'switch-fired', region, to: 'blue' }, /switch moved traffic back to v1\.0\.0/u],
  ])('is said to be something else: %o', (event, words) => {
    expect(lines([...baking(plan, 25), event]).join('\n')).toMatch(words);
  });

  it('is not spoken of once it is taken away or all is over', () => {
    expect(lines([...baking(plan, 100), { type: 'switch-disarmed', region }]).join()).not.toContain(
      'Dead-man',
    );
    expect(lines([...baking(plan, 25), { type: 'aborted' }]).join()).not.toContain('Dead-man');
  });
});

describe('the checklist of a canary', () => {
  const items = (events: readonly DeploymentEvent[], now?: number) =>
    lines(events, now)
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
    expect(lines(baking(threeRegions, 25)).join('\n')).toContain(
      'of machine time left, and 3 go-aheads by a person',
    );
    expect(lines(baking(aCanary([region], { asking: [100] }), 25)).join('\n')).toContain(
      'and one go-ahead by a person',
    );
    expect(lines([...baking(plan, 25), { type: 'paused' }]).join('\n')).toMatch(
      /paused by a person · .* of machine time left once it is resumed/u,
    );
  });
});

describe('what can be undone', () => {
  const undone = (events: readonly DeploymentEvent[], now?: number) =>
    lines(events, now).find((line) => line.startsWith('Can be undone'));

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
      readableIn(messageOf(aDeployment(events)).blocks).find((text) => text.includes('meanwhile stays'));

    expect(asked(baking(plan, 25))).toContain('Its tasks are warm: traffic moves within seconds.');
    expect(asked(ready(plan))).toContain('No traffic has moved yet.');
  });
});

describe('the buttons', () => {
  it.each<[string, DeploymentEvent[], string[]]>([
    ['before a bake', ready(plan), ['pause', 'abort']],
    ['in a bake', baking(plan, 25), ['pause', 'skip', 'abort']],
    [
      'in a bake that is skipped',
      [...baking(plan, 25), { type: 'skipped', step: `${region}/bake-25` }],
      ['pause', 'abort'],
    ],
    ['paused', [...baking(plan, 25), { type: 'paused' }], ['resume', 'abort']],
    ['before the start', [aRequestedEvent({ plan })], ['abort']],
    ['on the way back', failing, []],
  ])('%s are those that do something', (_when, events, expected) => {
    expect(commands(events)).toEqual(expected);
  });

  it('say who may skip, and there is no Skip where nobody may', () => {
    const deployment = aDeployment(baking(plan, 25));

    expect(readableIn(messageOf(deployment).blocks)).toContain(
      'Any member of the workspace may do this; skip: only <@U0SAM>.',
    );
    expect(JSON.stringify(messageOf(deployment, { approvers: [] }).blocks)).not.toContain('skip');
  });

  it('name the bake that Skip is about', () => {
    const skip = buttonsIn(messageOf(aDeployment(baking(plan, 25))).blocks).find(
      ({ action_id }) => action_id === 'skip',
    );

    expect(JSON.parse(skip?.value ?? '')).toMatchObject({ step: `${region}/bake-25` });
  });

  it('offer to look after a rollback that does not get on until somebody does, who is named then', () => {
    const blocked: DeploymentEvent[] = [
      ...failing,
      { type: 'restore-blocked', region, reason: 'AWS does not answer' },
    ];

    expect(commands(blocked)).toEqual(['ack', 'takeover']);
    expect(commands([...blocked, { type: 'acknowledged' }])).toEqual(['takeover']);
    expect(lines([...blocked, { type: 'acknowledged' }]).join('\n')).toContain('@U0MAYA is on it.');
  });
});
