import { describe, expect, it } from 'vitest';
import { buttonsIn } from '../../sandbox/find-button.ts';
import type { Deployment, Phase } from '../../src/domain/deployment.ts';
import type { DeploymentEvent } from '../../src/domain/events.ts';
import type { PeoplePolicy } from '../../src/domain/people-policy.ts';
import { deploymentButtons } from '../../views/deployment-buttons.ts';
import {
  aDeployment,
  aLive,
  aMoment,
  aPeoplePolicy,
  aPlan,
  aRegion,
  aRelease,
  aRequestedEvent,
} from '../builders.ts';
import { inPhase, phaseKinds, storyTo } from '../in-phase.ts';
import { aCanary, ready, succeeded } from './canary.ts';
import { readableIn } from './rules.ts';
import { aRollback } from './shapes.ts';

const BUTTONS: Record<Phase['kind'], string[]> = {
  requested: ['abort'],
  checking: ['abort'],
  building: ['abort'],
  'awaiting-approval': ['approve', 'reject', 'emergency', 'abort'],
  waiting: ['emergency', 'abort'],
  running: ['abort'],
  held: ['resume', 'abort'],
  'rolling-back': [],
  succeeded: ['rollback'],
  'rolled-back': [],
  aborted: [],
  left: [],
  rejected: [],
  expired: [],
  refused: [],
  superseded: [],
};

const shown = (deployment: Deployment) =>
  deploymentButtons({
    ...{ deployment, title: 'Checkout', undoSeconds: 160, now: aMoment },
    people: aPeoplePolicy(),
  });
const commands = (deployment: Deployment) => buttonsIn(shown(deployment)).map(({ action_id }) => action_id);
const words = (deployment: Deployment) => readableIn(shown(deployment)).join(' / ');
const liveThen = (...events: DeploymentEvent[]) => aDeployment([...storyTo('succeeded'), ...events]);

describe('the buttons', () => {
  it.each(phaseKinds)('in phase %s are those that do something', (kind) => {
    expect(commands(inPhase(kind))).toEqual(BUTTONS[kind]);
  });

  it.each(phaseKinds)(
    'of a rollback in phase %s are those of a deployment, but it is not undone itself',
    (kind) => {
      const expected = kind === 'succeeded' ? [] : BUTTONS[kind];

      expect(commands(inPhase(kind, aRollback))).toEqual(expected);
    },
  );

  it('offer to look after or take over only what does not get on', () => {
    const blocked: DeploymentEvent = { type: 'restore-blocked', region: aRegion, reason: 'AWS refuses' };
    const story = [...storyTo('rolling-back'), blocked];
    const progress: DeploymentEvent = {
      type: 'restore-progressed',
      region: aRegion,
      progress: { done: 1, of: 2 },
    };

    expect(commands(aDeployment(story))).toEqual(['ack', 'takeover']);
    expect(commands(aDeployment([...story, progress]))).toEqual(['ack', 'takeover']);
    expect(commands(aDeployment([...story, { type: 'acknowledged' }]))).toEqual(['takeover']);
    expect(
      commands(aDeployment([...storyTo('running'), { type: 'blocked', reason: 'AWS is silent' }])),
    ).toEqual(['abort', 'takeover']);
    expect(
      commands(aDeployment([...story, { type: 'restored', region: aRegion, detail: 'all is well' }])),
    ).toEqual([]);
  });

  it.each(['requested', 'checking', 'awaiting-approval', 'waiting', 'running', 'held'] as const)(
    'are gone in phase %s once somebody aborted; it is said who did and what comes',
    (kind) => {
      const deployment = aDeployment([...storyTo(kind), { type: 'abort-requested' }]);

      expect(commands(deployment)).toEqual([]);
      expect(words(deployment)).toMatch(/^Aborting, asked by <@U0MAYA>\. .*v1\.0\.0/);
    },
  );

  it.each([
    ['being undone', liveThen({ type: 'undoing', by: 143 }), []],
    ['undone', liveThen({ type: 'undone', by: 143 }), []],
    ['replaced', liveThen({ type: 'replaced', by: 150 }), []],
    [
      'not undone after all',
      liveThen({ type: 'undoing', by: 143 }, { type: 'undo-failed', by: 143 }),
      ['rollback'],
    ],
    ['live again', liveThen({ type: 'replaced', by: 150 }, { type: 'live-again', by: 151 }), ['rollback']],
  ])('of a deployment that is %s are those that do something', (_state, deployment, expected) => {
    expect(commands(deployment)).toEqual(expected);
  });

  it.each(phaseKinds)('in phase %s carry what they were shown for', (kind) => {
    const deployment = inPhase(kind);
    const { generation, plan } = deployment;

    const values = buttonsIn(shown(deployment)).map(({ value }): unknown => JSON.parse(value ?? ''));

    const steering = { deployment: 142, generation, digest: plan.digest };
    const vote = { deployment: 142, round: 1, digest: 'd1' };
    const carried: Record<string, object> = { approve: vote, reject: vote, emergency: { deployment: 142 } };
    expect(values).toEqual(BUTTONS[kind].map((command) => carried[command] ?? steering));
  });

  it.each(phaseKinds)('in phase %s say who may press them, where there are any', (kind) => {
    const deployment = inPhase(kind);

    expect(/any member of the workspace/iu.test(words(deployment))).toBe(commands(deployment).length > 0);
  });
});

describe('who may press a button', () => {
  const said = (kind: Phase['kind'], people: PeoplePolicy) =>
    readableIn(
      deploymentButtons({
        ...{ deployment: inPhase(kind), title: 'Checkout', undoSeconds: 160, now: aMoment, people },
      }),
    ).at(-1);

  it('is said at once where every button is for everybody', () => {
    expect(said('running', aPeoplePolicy())).toBe('Any member of the workspace may do this.');
  });

  it('is said by button where roles differ, with the names of those who may', () => {
    const people = aPeoplePolicy({ everyone: 'viewer', roles: { responder: ['U0EVA'], approver: ['S0QA'] } });

    expect(said('held', people)).toBe(
      '“Resume”: only <!subteam^S0QA>, <!subteam^S0ONCALL>; “Abort”: only <@U0EVA>, <!subteam^S0QA>, <!subteam^S0ONCALL>.',
    );
  });

  it('leaves out who asked for it where their own vote would be among those that count', () => {
    const group = aPeoplePolicy({ everyone: 'deployer', roles: { 'release-manager': ['S0RELEASE'] } });
    const named = aPeoplePolicy({
      everyone: 'deployer',
      roles: { 'release-manager': ['U0MAYA', 'U0LENA'], 'incident-commander': ['U0DANA'] },
    });

    expect(said('awaiting-approval', aPeoplePolicy())).toContain(
      '“Approve”, “Reject…”: any member of the workspace, but not <@U0MAYA>;',
    );
    expect(said('awaiting-approval', group)).toContain(
      '“Approve”, “Reject…”: only <!subteam^S0RELEASE>, <!subteam^S0ONCALL>, but not <@U0MAYA>;',
    );
    expect(said('awaiting-approval', named)).toContain('“Approve”, “Reject…”: only <@U0LENA>, <@U0DANA>;');
  });
});

describe('what a press is asked to confirm', () => {
  it('is asked by a form where the service is in colours: only that can show how fast it is now', () => {
    const plan = aCanary();
    const events = [aRequestedEvent({ plan }), ...ready(plan), ...succeeded(plan)];

    const [button] = buttonsIn(shown(aDeployment(events)));

    expect(button).toMatchObject({ action_id: 'rollback', value: '{"deployment":142}' });
    expect(button).not.toHaveProperty('confirm');
  });

  it('is from what to what a rollback goes, how long it takes and what stays', () => {
    expect(words(inPhase('succeeded'))).toContain(
      'Roll back to v1.0.0? / Checkout in production goes from v1.1.0 back to v1.0.0. It takes about 3 min. Data that was written meanwhile stays. / Roll back / Keep v1.1.0',
    );
  });

  it('is that an abort puts the release before back, once something may have changed', () => {
    expect(words(inPhase('running'))).toContain(
      'Abort #142? / v1.1.0 is stopped and v1.0.0 is put back on Checkout in production. It takes about 3 min. Data that was written meanwhile stays. / Abort / Keep going',
    );
  });

  it.each(['requested', 'checking', 'awaiting-approval', 'waiting'] as const)(
    'in phase %s is that nothing was changed yet',
    (kind) => {
      expect(words(inPhase(kind))).toContain(
        'v1.1.0 does not start. Nothing has been changed yet: v1.0.0 stays live on Checkout in production.',
      );
    },
  );

  it('is for a rollback that the newer release comes back', () => {
    expect(words(inPhase('running', aRollback))).toContain(
      'The rollback is stopped and the newer v1.1.0 is put back on Checkout in production.',
    );
    expect(words(inPhase('checking', aRollback))).toContain('The rollback does not start.');
  });

  it('is said to the end, however long names are', () => {
    const version = '20260105-release-candidate-'.repeat(5);
    const plan = aPlan({ from: { [aRegion]: aLive({ version }) }, to: aRelease({ version }) });
    const title = 'The service with the longest of all titles '.repeat(2);

    const texts = ['running', 'checking', 'succeeded'] as const;
    const said = texts.flatMap((kind) =>
      readableIn(
        deploymentButtons({
          deployment: inPhase(kind, { plan }),
          title,
          undoSeconds: 3200,
          now: aMoment,
          people: aPeoplePolicy(),
        }),
      ),
    );

    expect(said.filter((text) => /meanwhile stays\.$|production\.$/.test(text))).toHaveLength(3);
  });
});
