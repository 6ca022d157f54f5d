import { describe, expect, it } from 'vitest';
import { buttonsIn } from '../../sandbox/find-button.ts';
import type { Deployment } from '../../src/domain/deployment.ts';
import type { DeploymentEvent } from '../../src/domain/events.ts';
import { deploymentButtons } from '../../views/deployment-buttons.ts';
import { seen } from '../../views/seen.ts';
import { threadLine } from '../../views/thread-lines.ts';
import { aDeployment, aMoment, aPeoplePolicy, aRecordedEvent, aRegion } from '../builders.ts';
import { aQuestion, storyTo } from '../in-phase.ts';
import { hostileTexts } from './hostile.ts';
import { objections, readableIn } from './rules.ts';
import { messageOf, newWorkspace } from './shapes.ts';
import { lineAbout } from './thread-reading.ts';

type Held = Extract<DeploymentEvent, { type: 'held' }>;

const aboutAnEffect = (said = 'Nobody knows whether it happened'): Held => ({
  ...aQuestion(said),
  resumeMeans: said,
  doneMeans: `It happened: ${said}`,
  detail: said,
  otherwise: 'failed',
  via: { kind: 'signal', run: 'deploy/142', name: 'answer:0:1' },
});
const until = '<!date^1767605400^{date_short_pretty} {time}|2026-01-05 09:30 UTC>';

const held = (event: Held) => aDeployment([...storyTo('running'), event]);
const words = (deployment: Deployment) =>
  readableIn(messageOf(deployment, { now: aMoment + 60_000 }).blocks).join('\n');

describe('a question about an effect', () => {
  it('has a button for each of three answers, made for what was seen, none of them the obvious one', () => {
    const deployment = held(aboutAnEffect());
    const shown = buttonsIn(
      deploymentButtons({
        deployment,
        title: 'Checkout',
        undoSeconds: 60,
        now: aMoment,
        people: aPeoplePolicy(),
      }),
    );

    expect(shown.map(({ action_id }) => action_id)).toEqual(['happened', 'resume', 'abort']);
    expect(shown.map(({ value }) => value)).toEqual(shown.map(() => JSON.stringify(seen(deployment))));
    expect(JSON.stringify(shown)).not.toContain('primary');
  });

  it('says in the message what each answer does and what happens without one', () => {
    expect(words(held(aboutAnEffect('it migrated')))).toContain(
      `• it migrated.\n• It happened: it migrated.\n• it migrated.\n• If nobody answers by ${until}, Forge takes it as failed.`,
    );
  });

  it('asks in the thread whoever may answer, and tells engineers more at the end', () => {
    expect(lineAbout({ ...aboutAnEffect(), detail: 'Run deploy/142' }, storyTo('running'))).toBe(
      `:raised_hand: <@U0MAYA> <@U0SAM> Nobody knows whether it happened. Press It happened, Do it again or Abort above: Nobody knows whether it happened. It happened: Nobody knows whether it happened. Nobody knows whether it happened. Without an answer by ${until} Forge takes it as failed.\nFor engineers: Run deploy/142.`,
    );
  });

  it('is reminded of with what happens without an answer', () => {
    expect(lineAbout({ type: 'reminded' }, [...storyTo('running'), aboutAnEffect()])).toBe(
      `:raised_hand: <@U0MAYA> <@U0SAM> Still waiting for an answer. Without one by ${until} Forge takes it as failed.`,
    );
  });

  it.each([
    ['again', '<@U0MAYA> answered: do it again.'],
    ['happened', '<@U0MAYA> answered: it happened, go on.'],
  ] as const)('that was answered with %s says so', (answer, said) => {
    expect(lineAbout({ type: 'resumed', answer }, [...storyTo('running'), aboutAnEffect()])).toBe(said);
  });

  it('that nobody answered says so', () => {
    expect(lineAbout({ type: 'unanswered' }, [...storyTo('running'), aboutAnEffect()])).toBe(
      'Nobody answered in time: what was asked about counts as failed.',
    );
  });

  it.each(hostileTexts)('is taken by Slack where it says %s', (_what, said) => {
    const event = aboutAnEffect(said);
    const deployment = held(event);
    const thread = threadLine(aRecordedEvent(event, { version: deployment.version }), deployment, {
      title: said,
      admins: ['U0SAM'],
      commanders: [],
      policy: aPeoplePolicy(),
    });
    const message = messageOf(deployment, { title: said, unsupported: newWorkspace });

    expect(objections(message, { newBlocks: true })).toEqual([]);
    expect(thread === undefined ? ['nothing said'] : objections(thread, { newBlocks: true })).toEqual([]);
  });
});

describe('what does not get on', () => {
  const blocked: DeploymentEvent = { type: 'blocked', reason: 'Forge lost its own work on this 2 times' };

  it('while it is put back is said in the message, and may be taken over', () => {
    const deployment = aDeployment([...storyTo('rolling-back'), blocked]);

    expect(words(deployment)).toContain(
      ':warning: *It does not get on:* Forge lost its own work on this 2 times. Forge keeps trying.',
    );
    expect(buttonsIn(messageOf(deployment).blocks).map(({ action_id }) => action_id)).toEqual([
      'ack',
      'takeover',
    ]);
  });

  it.each([
    ['while it is put back', storyTo('rolling-back'), 'Putting back'],
    ['while it goes on', storyTo('running'), '#142'],
    ['of a rollback', storyTo('running', { undoes: 141 }), 'The rollback'],
  ] as const)('%s is told as what it is', (_when, story, what) => {
    expect(lineAbout(blocked, story)).toBe(
      `:warning: <@U0MAYA> <@U0SAM> ${what} does not get on: Forge lost its own work on this 2 times. Forge keeps trying.`,
    );
  });

  it('and then gets on again is told', () => {
    expect(lineAbout({ type: 'unblocked' }, [...storyTo('running'), blocked])).toBe('#142 gets on again.');
  });

  it('and goes on in another run is told where it is news', () => {
    const story = storyTo('running', { undoes: 141 });

    expect(
      lineAbout(
        { type: 'continued', run: 'deploy/142/2', reason: 'Forge was updated', detail: 'Run 1' },
        story,
      ),
    ).toBe(
      ':warning: <@U0MAYA> <@U0SAM> Forge was updated. It goes on by itself; nobody has to press anything.\nFor engineers: Run 1.',
    );
    expect(lineAbout({ type: 'continued', run: 'deploy/142/3' }, story)).toBeUndefined();
  });

  it('in a region and as a whole is said for both', () => {
    const region: DeploymentEvent = { type: 'restore-blocked', region: aRegion, reason: 'AWS refuses' };

    expect(words(aDeployment([...storyTo('rolling-back'), blocked, region]))).toMatch(
      /It does not get on:[\s\S]*Not confirmed in eu-west-1:/u,
    );
  });
});
