import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { plainText } from '../../../sandbox/plain-text.ts';
import type { Actor } from '../../../src/domain/actor.ts';
import type { DeploymentEvent } from '../../../src/domain/events.ts';
import { aPeoplePolicy, aPolicy } from '../../builders.ts';
import { createPublishingWorld, type PublishingWorld } from './publishing-world.ts';

const policy = aPolicy({
  people: aPeoplePolicy({
    everyone: 'deployer',
    roles: { 'release-manager': ['U0PRIYA', 'S0MANAGERS'] },
    groups: { security: ['U0OTTO'] },
  }),
});

const why = 'Friday afternoon is a time to avoid.';
const waits: DeploymentEvent = { type: 'waiting', for: 'consent', why };
const asked: DeploymentEvent = {
  ...{ type: 'approval-asked', round: 1, digest: 'digest 1', policy: 'a version', excluded: ['U0MAYA'] },
  needs: [{ from: 'security', count: 1 }],
  ...{ deadline: Date.UTC(2026, 0, 5, 11), changes: [], consent: why },
};
const lena: Actor = { kind: 'person', userId: 'U0LENA', via: 'button' };

describe('somebody who may consent and does not read the channel', () => {
  let world: PublishingWorld;

  beforeEach(() => {
    world = createPublishingWorld({ policy });
    world.members.groups.set('S0MANAGERS', ['U0LENA', 'U0RAVI']);
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
  const hasButton = (userId: string) =>
    JSON.stringify(directTo(userId).at(-1)?.message.blocks ?? []).includes('"consent"');

  async function happens(...events: DeploymentEvent[]): Promise<void> {
    await world.record(1, { type: 'checking' }, ...events);
    await world.clock.advance(20_000);
  }

  it('is asked in a direct message that shows what goes out and why its time needs that', async () => {
    await happens(waits);

    expect(told()).toEqual(['DU0LENA', 'DU0RAVI']);
    expect(words('U0LENA')).toContain('*v1.1.0* replaces *v1.0.0*');
    expect(words('U0LENA')).toContain(why);
    expect(hasButton('U0LENA')).toBe(true);
  });

  it('is asked once, however often it is said anew what it waits for', async () => {
    await happens(waits);

    await world.record(1, { ...waits, until: Date.UTC(2026, 0, 6) });
    world.publish();
    await world.clock.advance(30_000);

    expect(told()).toEqual(['DU0LENA', 'DU0RAVI']);
  });

  it('is asked besides whoever approves it, and not again once it is approved', async () => {
    await happens(asked);
    const first = told();

    await world.record(1, waits);
    await world.clock.advance(20_000);

    expect(first).toEqual(['DU0LENA', 'DU0OTTO', 'DU0RAVI']);
    expect(told()).toEqual(first);
    expect(hasButton('U0OTTO')).toBe(false);
    expect(hasButton('U0LENA')).toBe(true);
  });

  it('is asked before a later region, too', async () => {
    await happens({ type: 'started' }, { type: 'region-waiting', region: 'us-east-1', for: 'consent', why });

    expect(told()).toEqual(['DU0LENA', 'DU0RAVI']);
  });

  it('is asked again where consent was wanted before, for another time', async () => {
    await happens(waits);
    await world.recordBy(lena, 1, { type: 'consented' });
    await world.record(
      1,
      { type: 'rescheduled', startAt: Date.UTC(2026, 0, 9) },
      { type: 'checking' },
      waits,
    );
    await world.clock.advance(30_000);

    expect(directTo('U0RAVI')).toHaveLength(2);
    expect(plainText(directTo('U0RAVI')[0]?.message.blocks ?? []).join('\n')).toContain('was asked for');
    expect(hasButton('U0RAVI')).toBe(true);
  });

  it.each<[string, DeploymentEvent[], string]>([
    ['somebody consented', [{ type: 'consented' }], '@U0LENA consented to its time'],
    [
      'it is an emergency',
      [{ type: 'emergency-declared', digest: 'x' }],
      '@U0LENA called it an emergency, so it needs no consent.',
    ],
    ['it is aborted', [{ type: 'abort-requested' }], 'It is being aborted'],
    ['it has ended', [{ type: 'expired', reason: 'nobody consented in time.' }], '(#1)'],
    ['it waits for something else', [{ ...waits, for: 'freeze' }], 'Your consent is not needed any more'],
  ])('keeps no button when %s', async (_when, events, sentence) => {
    await happens(waits);

    await world.recordBy(lena, 1, ...events);
    await world.clock.advance(20_000);

    expect(words('U0RAVI')).toContain(sentence);
    expect(['U0LENA', 'U0RAVI'].map(hasButton)).toEqual([false, false]);
  });

  it('is asked once though the answer of Slack was lost and Forge was started again', async () => {
    world.chat.break({ method: 'post', kind: 'unclear-after', channel: 'U0LENA', times: 1 });
    await happens(waits);

    world.publish();
    await world.clock.advance(30_000);

    expect(directTo('U0LENA')).toHaveLength(1);
  });

  it('is nobody where nobody’s consent is wanted', async () => {
    await happens({ ...waits, for: 'window' });

    expect(told()).toEqual([]);
  });
});
