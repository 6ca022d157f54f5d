import { describe, expect, it, onTestFinished } from 'vitest';
import { createHomes } from '../../commands/homes.ts';
import type { DeploymentEvent } from '../../src/domain/events.ts';
import type { HomeResult } from '../../src/ports/chat.ts';
import { aPeoplePolicy } from '../builders.ts';
import { policy } from '../scenarios/company.ts';
import { TestDesk } from './front-desk.ts';

const approved = {
  ...policy,
  people: aPeoplePolicy({
    everyone: 'deployer',
    roles: { 'release-manager': ['U0SAM'], 'incident-commander': [] },
  }),
};

const asked: DeploymentEvent = {
  ...{ type: 'approval-asked', round: 1, digest: 'digest', policy: policy.version, changes: [] },
  ...{
    needs: [{ from: 'release-manager', count: 1 }],
    excluded: ['U0MAYA'],
    deadline: Date.UTC(2026, 0, 5, 11),
  },
};

/** A desk where #1 waits for Sam’s approval. */
async function deskAsking(): Promise<TestDesk> {
  const desk = new TestDesk({ policy: approved });
  await desk.types('deploy staging');
  await desk.happens(1, { type: 'checking' }, asked);
  return desk;
}

/** Keeps Homes up to date until the test is over. */
function keep(desk: TestDesk, homes = desk.desk.homes): void {
  const stop = new AbortController();
  onTestFinished(() => stop.abort());
  homes.keep(stop.signal).catch((error: unknown) => {
    if (!stop.signal.aborted) throw error;
  });
}

const shownTo = (desk: TestDesk, userId: string) =>
  desk.homes.filter(({ to }) => to === userId).map(({ words }) => words);

describe('a Home', () => {
  it('asks only those for a vote whose vote counts and is missing', async () => {
    const desk = await deskAsking();

    await desk.opensHome('U0SAM');
    await desk.opensHome('U0MAYA');

    expect(shownTo(desk, 'U0SAM')[0]).toContain('[ Approve ]');
    expect(shownTo(desk, 'U0MAYA')[0]).not.toContain('[ Approve ]');
    expect(shownTo(desk, 'U0MAYA')[0]).toContain('Still missing: the approval of 1 release manager');
  });

  it('asks those for their consent who may give it', async () => {
    const desk = new TestDesk({ policy: approved });
    await desk.types('deploy staging');
    const why = 'It is a time to avoid.';
    await desk.happens(1, { type: 'checking' }, { type: 'waiting', for: 'consent', why });

    await desk.opensHome('U0SAM');
    await desk.opensHome('U0MAYA');

    expect(shownTo(desk, 'U0SAM')[0]).toMatch(
      /Waiting for your consent[\s\S]*v1\.1\.0[\s\S]*It is a time to avoid\.[\s\S]*\[ Consent… \]/u,
    );
    expect(shownTo(desk, 'U0MAYA')[0]).not.toContain('[ Consent… ]');
    expect(shownTo(desk, 'U0MAYA')[0]).toContain('It is a time to avoid.');
    await desk.happens(1, { type: 'consented' });
    await desk.opensHome('U0SAM');
    expect(shownTo(desk, 'U0SAM')[1]).not.toContain('[ Consent… ]');
  });

  it('counts a vote that is given on it', async () => {
    const desk = await deskAsking();
    await desk.opensHome('U0SAM');

    const { approval } = (await desk.store.deployment(1)) ?? {};
    const answer = await desk.presses(
      'reject',
      { deployment: 1, round: approval?.round, digest: approval?.digest },
      'U0SAM',
    );

    expect(answer.form?.title.text).toBe('Reject #1');
  });

  it('says the rest though Slack does not say which groups the person is in', async () => {
    const desk = new TestDesk({
      policy: { ...approved, people: aPeoplePolicy({ roles: { 'release-manager': ['S0MANAGERS'] } }) },
    });
    await desk.types('deploy staging');
    await desk.happens(1, { type: 'checking' }, asked);
    desk.groups.set('U0SAM', ['silent']);

    await desk.opensHome('U0SAM');

    expect(shownTo(desk, 'U0SAM')[0]).toMatch(
      /Slack did not say which groups you are in[\s\S]*v1\.0\.0 is live/u,
    );
  });

  it('lists schedules to those alone who made them', async () => {
    const desk = new TestDesk();
    for (const words of ['v1.1.0 tomorrow 02:00', 'every day 02:00']) {
      const { form } = await desk.types(`schedule api staging ${words}`);
      await desk.sends('schedule', {}, JSON.parse(form?.private_metadata ?? '{}'));
    }

    await desk.opensHome('U0MAYA');
    await desk.opensHome('U0SAM');

    expect(shownTo(desk, 'U0MAYA')[0]).toMatch(/Your schedules[\s\S]*#1[\s\S]*R1[\s\S]*every day at 02:00/u);
    expect(shownTo(desk, 'U0SAM')[0]).not.toMatch(/Your schedules|R1/u);
  });

  it('turns its pages, and what is no page is the first', async () => {
    const desk = new TestDesk();

    await desk.presses('home', { page: 3 });
    await desk.presses('home', { page: 'three' });

    expect(desk.homes).toHaveLength(2);
    expect(desk.homes.every(({ words }) => words.includes('v1.0.0 is live'))).toBe(true);
  });
});

describe('a Home somebody has opened', () => {
  it('follows what happens, and nobody else’s is drawn', async () => {
    const desk = await deskAsking();
    keep(desk);
    await desk.opensHome('U0SAM');
    await desk.clock.advance(6_000);

    await desk.happens(1, { type: 'started' });
    await desk.clock.advance(2_000);

    expect(desk.homes.map(({ to }) => to)).toEqual(['U0SAM', 'U0SAM']);
    expect(shownTo(desk, 'U0SAM')[1]).not.toContain('[ Approve ]');
    expect(shownTo(desk, 'U0SAM')[1]).toMatch(/Running[\s\S]*Deploying v1\.1\.0/u);
  });

  it('shows that a deployment waits for its time in a region', async () => {
    const desk = new TestDesk();
    await desk.types('deploy staging');
    await desk.happens(1, { type: 'started' });
    keep(desk);
    await desk.opensHome('U0SAM');
    await desk.clock.advance(6_000);

    await desk.happens(1, {
      ...{
        type: 'region-waiting',
        region: 'us-east-1',
        for: 'freeze',
        why: '<@U0RAVI> has frozen it: the sale',
      },
    });
    await desk.clock.advance(2_000);

    expect(shownTo(desk, 'U0SAM').at(-1)).toContain('@U0RAVI has frozen it: the sale. It goes on by itself');
  });

  it('shows what is live as AWS says it then', async () => {
    const desk = new TestDesk();
    keep(desk);
    await desk.opensHome('U0SAM');
    await desk.clock.advance(2_000);

    await desk.succeeded('v1.1.0');
    await desk.clock.advance(10_000);

    expect(shownTo(desk, 'U0SAM').at(-1)).toMatch(/Public API[\s\S]*v1\.1\.0 is live[\s\S]*by @U0MAYA/u);
  });

  it('is drawn at most every five seconds, and not at all where it would show the same', async () => {
    const desk = await deskAsking();
    keep(desk);
    await desk.opensHome('U0SAM');
    await desk.clock.advance(6_000);

    for (let second = 0; second < 20; second += 1) {
      await desk.happens(1, second % 2 === 0 ? { type: 'checking' } : asked);
      await desk.clock.advance(1_000);
    }
    const drawn = desk.homes.length;
    await desk.clock.advance(600_000);

    expect(drawn).toBeGreaterThan(1);
    expect(drawn).toBeLessThanOrEqual(6);
    expect(desk.homes.length).toBeLessThanOrEqual(drawn + 1);
  });

  it('is not drawn for what is over again when its turn comes', async () => {
    const desk = await deskAsking();
    keep(desk);
    await desk.opensHome('U0SAM');
    await desk.clock.advance(6_000);

    for (const event of [{ type: 'checking' }, asked, { type: 'checking' }] as const) {
      await desk.happens(1, event);
      await desk.clock.advance(1_500);
    }
    await desk.clock.advance(20_000);

    expect(desk.homes).toHaveLength(2);
  });

  it('follows also after a restart, and no more when nobody looked for a day', async () => {
    const desk = await deskAsking();
    await desk.opensHome('U0SAM');
    const restarted = createHomes(desk.desk);
    keep(desk, restarted);
    await desk.clock.advance(3_000);
    const afterRestart = desk.homes.length;

    desk.clock.jump(25 * 3_600_000);
    await desk.happens(1, { type: 'started' });
    await desk.clock.advance(20_000);

    expect(afterRestart).toBe(2);
    expect(desk.homes).toHaveLength(2);
  });

  it('is drawn once more when another has drawn it meanwhile', async () => {
    const desk = await deskAsking();
    const results: (HomeResult | undefined)[] = [undefined, { kind: 'outdated' }, undefined];
    const hashes: (string | undefined)[] = [];
    const homes = createHomes({
      ...desk.desk,
      replies: {
        ...desk.desk.replies,
        publishHome: async (_userId, _home, { hash } = {}) => {
          hashes.push(hash);
          return results[hashes.length - 1] ?? { kind: 'published', hash: `hash ${hashes.length}` };
        },
      },
    });
    keep(desk, homes);
    const person = await desk.desk.people.person('U0SAM');
    if (person === undefined) throw new Error('Sam is not there');
    await homes.show('U0SAM', { kind: 'admitted', person });
    await desk.clock.advance(6_000);

    await desk.happens(1, { type: 'started' });
    await desk.clock.advance(12_000);

    expect(hashes).toEqual([undefined, 'hash 1', undefined]);
  });

  it('that Slack did not take is tried again later, and the log says so', async () => {
    const desk = await deskAsking();
    let calls = 0;
    const homes = createHomes({
      ...desk.desk,
      replies: {
        ...desk.desk.replies,
        publishHome: async () => {
          calls += 1;
          if (calls === 2) throw new Error('Slack answered fatal_error');
          return { kind: 'published' };
        },
      },
    });
    keep(desk, homes);
    const person = await desk.desk.people.person('U0SAM');
    if (person === undefined) throw new Error('Sam is not there');
    await homes.show('U0SAM', { kind: 'admitted', person });
    await desk.clock.advance(6_000);
    await desk.happens(1, { type: 'started' });

    await desk.clock.advance(70_000);

    expect(calls).toBe(3);
    expect(desk.lines.map(({ message }) => message)).toContain('A Home could not be brought up to date');
  });
});
