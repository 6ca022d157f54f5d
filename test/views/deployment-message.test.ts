import { describe, expect, it } from 'vitest';
import type { Deployment } from '../../src/domain/deployment.ts';
import type { DeploymentEvent } from '../../src/domain/events.ts';
import type { Delay } from '../../views/delay.ts';
import { aDeployment, aMoment, aPlan, aPlanFor, aRegion, aRelease } from '../builders.ts';
import { aQuestion, inPhase, phaseKinds, storyTo } from '../in-phase.ts';
import { readableIn } from './rules.ts';
import { aRollback, messageOf, oldWorkspace } from './shapes.ts';

const expected = { [`start/${aRegion}`]: 100, [`verify/${aRegion}`]: 20 };
const end = '<!date^1767603612^{date_short_pretty} {time}|2026-01-05 09:00 UTC>';

const words = (deployment: Deployment, now = aMoment + 60_000) =>
  readableIn(messageOf(deployment, { expected, now }).blocks);
const clockOf = (deployment: Deployment) => words(deployment).find((text) => text.startsWith('100 %'));
const liveThen = (...events: DeploymentEvent[]) => aDeployment([...storyTo('succeeded'), ...events]);

describe('the message of a deployment', () => {
  it('says what goes from where to where, how, who asked and why', () => {
    const deployment = inPhase('running', {
      plan: aPlanFor(['us-east-1', 'eu-west-1']),
      why: 'the new search is approved',
    });

    expect(words(deployment)).toEqual(
      expect.arrayContaining([
        ':rocket: Deploying v1.1.0 to Checkout in production (#142)',
        '*Release*\nv1.0.0 → v1.1.0 (`c0ffee0`)',
        '*How*\nRolling, us-east-1 then eu-west-1',
        '*Asked by*\n<@U0MAYA>, <!date^1767603600^{date_short_pretty} {time}|2026-01-05 09:00 UTC>',
        '*Why*\n> the new search is approved',
      ]),
    );
  });

  it('gives the reason the whole width, as a quotation that cannot be taken for a line of Forge', () => {
    const why = 'approved\n:white_check_mark: v1.1.0 is live on Checkout in production';
    const { blocks } = messageOf(inPhase('running', { why }));

    expect(blocks).toContainEqual({
      type: 'section',
      text: {
        type: 'mrkdwn',
        text: '*Why*\n> approved :white_check_mark: v1.1.0 is live on Checkout in production',
        verbatim: true,
      },
    });
  });

  it('says how late an end is shown, and where to look while many deployments run', () => {
    const told = (deployment: Deployment, delay: Delay) =>
      readableIn(messageOf(deployment, { expected, now: aMoment, delay }).blocks);

    expect(told(inPhase('succeeded'), { kind: 'shown-late', seconds: 42 })).toContain(
      ':hourglass: Shown here 42 s after it ended: Slack took it no sooner.',
    );
    expect(told(inPhase('running'), { kind: 'crowded' }).join()).toContain(
      '`/forge status #142` shows it as it is.',
    );
  });

  it('does not name the commit twice where the version is one', () => {
    const plan = aPlan({ to: aRelease({ version: 'c0ffee000000' }) });

    expect(words(inPhase('running', { plan }))).toContain('*Release*\nv1.0.0 → c0ffee000000');
  });

  it('says which deployment a rollback takes back', () => {
    expect(words(inPhase('running', aRollback))).toContain('*How*\nRollback of #141, eu-west-1');
  });

  it('says in its text what its first line says, for notifications and screen readers', () => {
    expect(messageOf(inPhase('running')).text).toBe(
      ':rocket: Deploying v1.1.0 to Checkout in production (#142)',
    );
  });

  it.each([
    [
      'requested',
      'Nothing is changed yet · about 2 min of machine time left, nobody has to do anything · asked 10 s ago',
    ],
    [
      'checking',
      'Nothing is changed yet · about 2 min of machine time left, nobody has to do anything · asked 10 s ago',
    ],
    ['running', '41 % · about 1 min of machine time left, nobody has to do anything · asked 10 s ago'],
    ['rolling-back', 'Stopped at 0 % · putting v1.0.0 back · asked 10 s ago'],
  ] as const)('in phase %s tells machine time from waiting', (kind, line) => {
    expect(words(inPhase(kind), aMoment + 10_000)).toContain(line);
  });

  it('in phase held says until when it waits for a person, and promises no time', () => {
    const line = words(inPhase('held'), aMoment + 10_000).find((text) => text.startsWith('41 %'));

    expect(line).toMatch(/^41 % · waiting for a person until <!date\^\d+\^.*> · asked 10 s ago$/);
  });

  it.each([
    ['succeeded', '100 % · took 5 s · done'],
    ['rolled-back', 'Ended after 6 s,'],
    ['aborted', 'Ended after 6 s,'],
  ] as const)('in phase %s says how long it took, whenever it is looked at', (kind, line) => {
    const soon = words(inPhase(kind)).find((text) => text.startsWith(line));

    expect(soon).toBeDefined();
    expect(words(inPhase(kind), aMoment + 86_400_000)).toContain(soon);
  });

  it('that never started says how long after it was asked for it ended', () => {
    const line = words(inPhase('refused')).find((text) => text.startsWith('Ended'));

    expect(line).toMatch(/^Ended <!date[^>]*>, 3 s after it was asked for$/);
  });

  it('does not count how long it waited to start as part of how long it took', () => {
    const live = inPhase('succeeded');
    const patient = { ...live, requestedAt: live.requestedAt - 50_000_000 };

    expect(clockOf(patient)).toBe(clockOf(live));
  });

  it('says that it is stopping from the moment somebody aborts', () => {
    const deployment = aDeployment([...storyTo('held'), { type: 'abort-requested' }]);

    expect(words(deployment)).toContain('Stopping at 41 % · asked 1 min ago');
    expect(words(deployment).some((text) => text.includes('If nobody answers'))).toBe(false);
    expect(words(deployment).some((text) => text.startsWith('Can be undone'))).toBe(false);
  });

  it('asks its question with what each answer means, and what silence means', () => {
    const question = {
      ...aQuestion('AWS does not answer for checkout'),
      resumeMeans: 'Resume asks AWS again.',
      abortMeans: 'Abort puts v1.0.0 back.',
    };

    const asked = words(aDeployment([...storyTo('running'), question])).find((text) =>
      text.startsWith(':raised_hand: *'),
    );

    expect(asked).toMatch(
      /^:raised_hand: \*AWS does not answer for checkout\*\n\*Live now:\* .+\n• Resume asks AWS again\.\n• Abort puts v1\.0\.0 back\.\n• If nobody answers by <!date.*>, Forge aborts and puts v1\.0\.0 back\.$/,
    );
  });

  it('keeps what silence means however long the question is', () => {
    const deployment = aDeployment([...storyTo('running'), aQuestion('<'.repeat(3000))]);

    expect(words(deployment).some((text) => text.endsWith('Forge aborts and puts v1.0.0 back.'))).toBe(true);
  });

  it('draws its plan from classic blocks where the workspace does not know plans', () => {
    const types = (unsupported: ReadonlySet<string>) =>
      messageOf(inPhase('running'), { unsupported }).blocks.map(({ type }) => type);

    expect(types(new Set())).toContain('plan');
    expect(types(oldWorkspace)).not.toContain('plan');
    expect(types(new Set(['task_card']))).not.toContain('plan');
  });

  it('shortens details rather than be refused for too much text', () => {
    const long = 'x'.repeat(3000);
    const plan = aPlanFor(['us-east-1', 'eu-west-1', 'ap-southeast-1']);
    const size = (said: string) =>
      JSON.stringify(messageOf(inPhase('succeeded', { plan, said })).blocks[3]).length;

    expect(size(long)).toBeGreaterThan(size('short'));
    expect(size(long)).toBeLessThan(12_000);
  });
});

describe('what can be undone', () => {
  const undoing = (deployment: Deployment) =>
    words(deployment).filter((text) => /Can be undone|taking this back/.test(text));

  it.each([
    ['requested', ['Can be undone: nothing is changed yet, abort leaves v1.0.0 live.']],
    ['checking', ['Can be undone: nothing is changed yet, abort leaves v1.0.0 live.']],
    ['awaiting-approval', []],
    ['running', ['Can be undone: abort puts v1.0.0 back, about 3 min.']],
    ['held', ['Can be undone: abort puts v1.0.0 back, about 3 min.']],
    ['rolling-back', []],
    ['succeeded', ['Can be undone: putting v1.0.0 back takes about 3 min.']],
    ['rolled-back', []],
    ['aborted', []],
    ['refused', []],
  ] as const)('is said in phase %s', (kind, lines) => {
    expect(undoing(inPhase(kind))).toEqual(lines);
  });

  it('is the newer release while a rollback runs, and nothing once it is done', () => {
    expect(undoing(inPhase('running', aRollback))).toEqual([
      'Can be undone: abort puts the newer v1.1.0 back, about 3 min.',
    ]);
    expect(undoing(inPhase('succeeded', aRollback))).toEqual([]);
  });

  it('is nothing more once it is undone, replaced or being undone', () => {
    expect(undoing(liveThen({ type: 'undoing', by: 143 }))).toEqual(['#143 is taking this back now.']);
    expect(undoing(liveThen({ type: 'undone', by: 143 }))).toEqual([]);
    expect(undoing(liveThen({ type: 'replaced', by: 150 }))).toEqual([]);
  });
});

describe('every phase', () => {
  it('has a message of its own', () => {
    const texts = phaseKinds.map((kind) => messageOf(inPhase(kind)).text);

    // Requested and checking look alike: checking begins at once.
    expect(new Set(texts).size).toBe(phaseKinds.length - 1);
  });

  it('ends at the time it ended', () => {
    expect(words(inPhase('succeeded')).some((text) => text.includes(end.slice(0, 12)))).toBe(true);
  });
});
