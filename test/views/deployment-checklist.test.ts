import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Deployment } from '../../src/domain/deployment.ts';
import type { DeploymentEvent } from '../../src/domain/events.ts';
import { wholeTitle } from '../../views/checklist-item.ts';
import { checklist } from '../../views/deployment-checklist.ts';
import { aDeployment, aLive, aMoment, aPlanFor, aRequestedEvent } from '../builders.ts';
import { laterEvent, requestedEvent } from '../domain/arbitrary-events.ts';
import { anAsking, inPhase, storyTo } from '../in-phase.ts';

const regions = ['us-east-1', 'eu-west-1'];
const plan = aPlanFor(['eu-west-1']);
const titles = (deployment: Deployment, now = aMoment + 60_000) => checklist(deployment, now).map(wholeTitle);
const manyRegions = (count: number) =>
  aPlanFor(Array.from({ length: count }, (_, index) => `eu-west-${index + 1}`));

describe('the checklist', () => {
  it('is the plan to do, before the start', () => {
    expect(titles(inPhase('requested', { plan }))).toEqual([
      'Check before the start · to do',
      'Start v1.1.0 · to do',
      'Try it out · to do',
      'Confirm what runs · to do',
    ]);
  });

  it('says that people are asked after a first look, and that there is another', () => {
    const checks = (...events: DeploymentEvent[]) =>
      titles(aDeployment([aRequestedEvent({ plan }), ...events]))[0];
    const waiting: DeploymentEvent = { type: 'waiting', for: 'window', why: 'It is Sunday.' };
    const again = 'Check before the start · done · and once more when it starts';

    expect(checks(waiting)).toBe('Check before the start · to do');
    expect(checks(anAsking())).toBe(again);
    expect(checks(anAsking(), waiting)).toBe(again);
    expect(checks(anAsking(), { type: 'expired', reason: 'Nobody voted.' })).toBe(
      'Check before the start · done',
    );
    expect(checks({ type: 'expired', reason: 'Nobody said so.' })).toBe('Check before the start · not done');
  });

  it('shows how far the step under way is, and for how long it has been', () => {
    expect(titles(inPhase('running', { plan }), aMoment + 49_000)).toEqual([
      'Check before the start · done',
      'Start v1.1.0 · now · 1 of 2 tasks healthy · 45 s',
      'Try it out · to do',
      'Confirm what runs · to do',
    ]);
  });

  it('says while a question is open that what was seen is old', () => {
    expect(titles(inPhase('held', { plan }), aMoment + 49_000)[1]).toBe(
      'Start v1.1.0 · now · waiting for an answer · last seen: 1 of 2 tasks healthy',
    );
  });

  it('speaks of one task where there is one', () => {
    const progress = { done: 0, of: 1 };
    const one: DeploymentEvent = { type: 'step-progressed', step: 'eu-west-1/start', progress };

    expect(titles(aDeployment([...storyTo('running', { plan }), one]), aMoment + 49_000)[1]).toBe(
      'Start v1.1.0 · now · 0 of 1 task healthy · 45 s',
    );
  });

  it('shows how long each step took once all is done', () => {
    expect(titles(inPhase('succeeded', { plan }))).toEqual([
      'Check before the start · done',
      'Start v1.1.0 · done · 2 s',
      'Try it out · done · 0 s',
      'Confirm what runs · done · 0 s',
    ]);
  });

  it('names the region of each step where there are several', () => {
    expect(titles(inPhase('running', { plan: aPlanFor(regions) }))).toEqual([
      'Check before the start · done',
      'Start v1.1.0 in us-east-1 · now · 1 of 2 tasks healthy · 56 s',
      'Try it out in us-east-1 · to do',
      'Confirm what runs in us-east-1 · to do',
      'Start v1.1.0 in eu-west-1 · to do',
      'Try it out in eu-west-1 · to do',
      'Confirm what runs in eu-west-1 · to do',
    ]);
  });

  it('says what failed, what is not done any more, and what is put back', () => {
    expect(titles(inPhase('rolling-back', { plan }))).toEqual([
      'Check before the start · done',
      'Start v1.1.0 · failed',
      'Try it out · not done',
      'Confirm what runs · not done',
      'Put v1.0.0 back · now',
    ]);
    expect(titles(inPhase('rolled-back', { plan })).slice(1)).toEqual([
      'Start v1.1.0 · failed',
      'Try it out · not done',
      'Confirm what runs · not done',
      'Put v1.0.0 back · done · confirmed',
    ]);
  });

  it('does not call failed what a person stopped', () => {
    expect(titles(inPhase('aborted', { plan })).slice(1)).toEqual([
      'Start v1.1.0 · stopped',
      'Try it out · not done',
      'Confirm what runs · not done',
      'Put v1.0.0 back · done · confirmed',
    ]);
    expect(titles(aDeployment([{ type: 'checking' }, { type: 'aborted' }]))[0]).toBe(
      'Check before the start · not done',
    );
  });

  it('does not take back that the check has passed where somebody stopped it before the start', () => {
    expect(titles(aDeployment([anAsking(), { type: 'aborted' }]))[0]).toBe('Check before the start · done');
  });

  it('leaves nothing to do in a deployment that was refused', () => {
    expect(titles(inPhase('refused', { plan }))).toEqual([
      'Check before the start · failed',
      'Start v1.1.0 · not done',
      'Try it out · not done',
      'Confirm what runs · not done',
    ]);
  });

  it('puts back each region’s own release, and only the regions that were touched', () => {
    const from = {
      'us-east-1': aLive(),
      'eu-west-1': aLive({ version: 'v0.9.0' }),
      'ap-southeast-1': aLive({ version: 'v0.8.0' }),
    };
    const events: DeploymentEvent[] = [
      aRequestedEvent({ plan: aPlanFor(Object.keys(from), { from }) }),
      { type: 'started' },
      { type: 'step-started', step: 'us-east-1/start' },
      { type: 'step-finished', step: 'us-east-1/start' },
      { type: 'step-started', step: 'eu-west-1/start' },
      { type: 'restoring', because: 'failure', reason: '' },
    ];
    const restoring = (...more: DeploymentEvent[]) =>
      titles(aDeployment([...events, ...more])).filter((title) => title.startsWith('Put'));

    // They are put back side by side.
    expect(restoring()).toEqual(['Put v1.0.0 back in us-east-1 · now', 'Put v0.9.0 back in eu-west-1 · now']);
    expect(
      restoring({ type: 'restore-progressed', region: 'us-east-1', progress: { done: 1, of: 2 } }),
    ).toEqual([
      'Put v1.0.0 back in us-east-1 · now · 1 of 2 tasks healthy',
      'Put v0.9.0 back in eu-west-1 · now',
    ]);
    const watched = { done: 60, of: 300, unit: 'seconds' } as const;
    expect(restoring({ type: 'restore-progressed', region: 'us-east-1', progress: watched })[0]).toBe(
      'Put v1.0.0 back in us-east-1 · now · watched for 4 min more',
    );
    expect(
      restoring({ type: 'restore-blocked', region: 'us-east-1', reason: 'AWS does not answer' }),
    ).toEqual([
      'Put v1.0.0 back in us-east-1 · now · blocked, trying again',
      'Put v0.9.0 back in eu-west-1 · now',
    ]);
  });

  it('has nothing to put back where nothing was touched', () => {
    const deployment = aDeployment([
      { type: 'started' },
      { type: 'restoring', because: 'abort', reason: '' },
    ]);

    expect(titles(deployment).some((title) => title.startsWith('Put'))).toBe(false);
  });

  it('says of a rollback that fails that the newer release is put back', () => {
    const rollback = storyTo('rolling-back', { plan, undoes: 141 });

    expect(titles(aDeployment(rollback)).at(-1)).toBe('Put the newer v1.0.0 back · now');
  });

  it('says the state of every line in words, whatever happens', () => {
    fc.assert(
      fc.property(fc.array(laterEvent), (later) => {
        const lines = titles(aDeployment([requestedEvent, ...later]));

        expect(
          lines.filter((line) => !/ · (?:to do|now|done|failed|stopped|not done)(?: · |$)/.test(line)),
        ).toEqual([]);
      }),
    );
  });
});

describe('a long checklist', () => {
  it('folds finished regions to a line each', () => {
    const story: DeploymentEvent[] = [
      aRequestedEvent({ plan: manyRegions(4) }),
      { type: 'started' },
      ...['eu-west-1/start', 'eu-west-1/smoke', 'eu-west-1/verify'].map(
        (step): DeploymentEvent => ({ type: 'step-finished', step }),
      ),
    ];

    const lines = titles(aDeployment(story));

    expect(lines).toHaveLength(11);
    expect(lines.slice(0, 3)).toEqual([
      'Check before the start · done',
      'eu-west-1, 3 steps · done',
      'Start v1.1.0 in eu-west-2 · to do',
    ]);
    expect(lines.at(-1)).toBe('Confirm what runs in eu-west-4 · to do');
  });

  it('folds the last regions where nothing is done yet, and the nearest stay', () => {
    const lines = titles(inPhase('requested', { plan: manyRegions(5) }));

    expect(lines).toHaveLength(12);
    expect(lines.slice(-3)).toEqual([
      'Confirm what runs in eu-west-3 · to do',
      'eu-west-4, 3 steps · to do',
      'eu-west-5, 3 steps · to do',
    ]);
  });

  it('folds what is still far off where even a line a region is too much', () => {
    const lines = titles(inPhase('requested', { plan: manyRegions(14) }));

    expect(lines).toHaveLength(12);
    expect(lines.at(-1)).toBe('4 more steps · to do');
  });

  it('folds what is done where regions do not suffice', () => {
    const story = storyTo('rolling-back', { plan: manyRegions(9) });
    const done = manyRegions(9).steps.flatMap(({ id }): DeploymentEvent[] => [
      { type: 'step-started', step: id },
      { type: 'step-finished', step: id },
    ]);
    const blocked = manyRegions(9).steps.map(
      ({ region }): DeploymentEvent => ({ type: 'restore-blocked', region, reason: 'AWS is silent' }),
    );

    const lines = titles(aDeployment([...story.slice(0, 5), ...done, ...story.slice(-2), ...blocked]));

    expect(lines.length).toBeLessThanOrEqual(12);
    expect(lines.filter((line) => line.includes('blocked, trying again'))).toHaveLength(9);
  });

  it('never hides what is put back', () => {
    const lines = titles(inPhase('rolling-back', { plan: manyRegions(6) }));

    expect(lines).toHaveLength(12);
    expect(lines).toContain('Put v1.0.0 back in eu-west-1 · now');
    expect(lines).toContain('Start v1.1.0 in eu-west-1 · failed');
    expect(lines.some((line) => /^\d+ more steps · not done$/.test(line))).toBe(true);
  });
});
