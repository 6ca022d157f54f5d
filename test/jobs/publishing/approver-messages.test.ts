import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { plainText } from '../../../sandbox/plain-text.ts';
import type { Actor } from '../../../src/domain/actor.ts';
import type { DeploymentEvent } from '../../../src/domain/events.ts';
import { aPeoplePolicy, aPolicy } from '../../builders.ts';
import { createPublishingWorld, type PublishingWorld } from './publishing-world.ts';

const policy = aPolicy({
  people: aPeoplePolicy({
    everyone: 'deployer',
    roles: { 'release-manager': ['U0PRIYA', 'S0MANAGERS', 'ines@company.example'] },
    groups: { security: ['U0OTTO'] },
  }),
});

function asked(round: number): DeploymentEvent {
  return {
    ...{ type: 'approval-asked', round, digest: `digest ${round}`, policy: 'a version' },
    needs: [
      { from: 'release-manager', count: 1 },
      { from: 'security', count: 1 },
    ],
    ...{
      excluded: ['U0MAYA'],
      deadline: Date.UTC(2026, 0, 5, 11),
      changes: round === 1 ? [] : ['It moved.'],
    },
  };
}

function vote(verdict: 'approve' | 'reject', ...countsFor: string[]): DeploymentEvent {
  return { type: 'voted', round: 1, verdict, countsFor };
}

function person(userId: string): Actor {
  return { kind: 'person', userId, via: 'button' };
}

describe('an approver who does not read the channel', () => {
  let world: PublishingWorld;

  beforeEach(() => {
    world = createPublishingWorld({ policy });
    world.members.groups.set('S0MANAGERS', ['U0MAYA', 'U0LENA']);
    world.members.groups.set('ines@company.example', ['U0INES']);
    world.members.channels.set('C0DEPLOYS', ['U0PRIYA']);
    world.publish();
  });
  afterEach(() => world.close());

  const direct = () => world.chat.messages().filter(({ channel }) => channel.startsWith('D'));
  const directTo = (userId: string) => direct().filter(({ channel }) => channel === `D${userId}`);
  const told = () =>
    direct()
      .map(({ channel }) => channel)
      .sort();
  const words = (userId: string) => plainText(directTo(userId).at(-1)?.message.blocks ?? []).join('\n');
  const hasButtons = (userId: string) =>
    JSON.stringify(directTo(userId).at(-1)?.message.blocks ?? []).includes('"approve"');

  async function isAsked(): Promise<void> {
    await world.record(1, { type: 'checking' }, asked(1));
    await world.clock.advance(10_000);
  }

  it('is asked in a direct message: named by id, by group or by address, each once, and not who asked for it', async () => {
    await isAsked();
    await world.clock.advance(60_000);

    expect(told()).toEqual(['DU0INES', 'DU0LENA', 'DU0OTTO']);
  });

  it('reads there what goes out and who is missing, with the buttons of the message', async () => {
    await isAsked();

    expect(words('U0OTTO')).toContain('*v1.1.0* replaces *v1.0.0*');
    expect(words('U0OTTO')).toContain('Still missing: 1 of security');
    expect(JSON.stringify(directTo('U0OTTO')[0]?.message.blocks)).toContain(
      JSON.stringify(JSON.stringify({ deployment: 1, round: 1, digest: 'digest 1' })).slice(1, -1),
    );
  });

  it('keeps no button once they have voted, while the others keep theirs', async () => {
    await isAsked();

    await world.recordBy(person('U0OTTO'), 1, vote('approve', 'security'));
    await world.clock.advance(10_000);

    expect(words('U0OTTO')).toContain('You approved it');
    expect([hasButtons('U0OTTO'), hasButtons('U0LENA')]).toEqual([false, true]);
  });

  it.each([
    ['it starts', [vote('approve', 'security'), { type: 'started' }], 'Your vote is not needed any more'],
    ['it is rejected', [vote('reject', 'security'), { type: 'rejected' }], 'It was rejected by @U0OTTO'],
    ['nobody was in time', [{ type: 'expired', reason: 'Nobody approved it.' }], 'The time for it is over'],
    ['it is aborted', [{ type: 'abort-requested' }], 'It is being aborted'],
  ] as [string, DeploymentEvent[], string][])('keeps no button when %s', async (_when, events, sentence) => {
    await isAsked();

    await world.recordBy(person('U0OTTO'), 1, ...events);
    await world.clock.advance(20_000);

    expect(words('U0LENA')).toContain(sentence);
    expect(['U0INES', 'U0LENA', 'U0OTTO'].map(hasButtons)).toEqual([false, false, false]);
  });

  it('is asked anew with the difference when something changed, and the old buttons go', async () => {
    await isAsked();

    await world.record(1, asked(2));
    await world.clock.advance(20_000);

    const [first, second] = directTo('U0LENA');
    expect(plainText(first?.message.blocks ?? []).join('\n')).toContain('people are asked anew');
    expect(JSON.stringify(first?.message.blocks)).not.toContain('"approve"');
    expect(plainText(second?.message.blocks ?? []).join('\n')).toContain('It moved.');
  });

  it('is told rather than not while Slack does not say who is in the channel', async () => {
    world.members.silent.add('C0DEPLOYS');

    await isAsked();

    expect(told()).toContain('DU0PRIYA');
  });

  it('is asked later, and nobody twice, when Slack does not say at once who is in a group', async () => {
    world.members.silent.add('S0MANAGERS');
    await isAsked();
    const before = told();

    world.members.silent.clear();
    await world.clock.advance(30_000);

    expect(before).toEqual(['DU0INES', 'DU0OTTO']);
    expect(told()).toEqual(['DU0INES', 'DU0LENA', 'DU0OTTO']);
  });

  it('is asked once though the answer of Slack was lost and Forge was started again', async () => {
    world.chat.break({ method: 'post', kind: 'unclear-after', channel: 'U0LENA', times: 1 });
    await isAsked();

    world.publish();
    await world.clock.advance(30_000);

    expect(directTo('U0LENA')).toHaveLength(1);
    await world.record(1, { type: 'expired', reason: 'Nobody approved it.' });
    await world.clock.advance(20_000);
    expect(hasButtons('U0LENA')).toBe(false);
  });

  it('loses the buttons also when Forge was away while it ended, and Slack limits the edits', async () => {
    await isAsked();
    world.chat.break({ method: 'update', kind: 'limited', channel: 'DU0LENA', times: 2 });
    await world.record(1, { type: 'expired', reason: 'Nobody approved it.' });

    world.publish();
    await world.clock.advance(60_000);

    expect(hasButtons('U0LENA')).toBe(false);
  });

  it('whose message was not sent yet when it ended gets none, not even one whose fate was unclear', async () => {
    world.chat.break({ method: 'post', kind: 'unclear-before', channel: 'U0LENA', times: 1 });
    world.chat.break({ method: 'post', kind: 'limited', channel: 'U0INES', times: 1, retryAfterMs: 40_000 });
    await world.record(1, { type: 'checking' }, asked(1));
    await world.clock.advance(800);
    await world.record(1, { type: 'expired', reason: 'Nobody approved it.' });
    await world.clock.advance(60_000);

    expect(told()).toEqual(['DU0OTTO']);
  });

  it('loses the buttons also where nobody knew that the message had arrived when it ended', async () => {
    world.chat.break({ method: 'post', kind: 'unclear-after', channel: 'U0LENA', times: 1 });
    await world.record(1, { type: 'checking' }, asked(1));
    await world.clock.advance(800);
    await world.record(1, { type: 'expired', reason: 'Nobody approved it.' });
    await world.clock.advance(60_000);

    expect(directTo('U0LENA')).toHaveLength(1);
    expect(words('U0LENA')).toContain('The time for it is over');
  });

  it('is one of twenty at most, and the log says that there are more', async () => {
    const many = Array.from({ length: 30 }, (_, index) => `U0MANAGER${index}`);
    world.members.groups.set('S0MANAGERS', many);

    await isAsked();
    await world.clock.advance(60_000);

    expect(direct()).toHaveLength(20);
    expect(world.reports.join('\n')).toMatch(/More people are asked.*"untold":12/u);
  });

  it('is told though no channel takes the message of the deployment', async () => {
    world.chat.break({ method: 'post', kind: 'refused', channel: 'C0DEPLOYS' });
    world.chat.break({ method: 'post', kind: 'refused', channel: 'U0MAYA' });
    world.chat.break({ method: 'post', kind: 'limited', channel: 'U0LENA', times: 1 });

    await isAsked();

    expect(told()).toContain('DU0LENA');
  });
});
