import { describe, expect, it } from 'vitest';
import { checkForm } from '../../commands/check-form.ts';
import { askedAbout } from '../../src/domain/approval-standing.ts';
import type { DeploymentEvent } from '../../src/domain/events.ts';
import type { Policy } from '../../src/domain/policy.ts';
import { aPeoplePolicy } from '../builders.ts';
import { policy as company } from '../scenarios/company.ts';
import { formWords, initialValues } from './form-reading.ts';
import { TestDesk } from './front-desk.ts';

const needs = [
  { from: 'release-manager', count: 1 },
  { from: 'security', count: 1 },
];
const policy: Policy = {
  ...company,
  people: aPeoplePolicy({
    everyone: 'deployer',
    roles: { admin: ['U0ADA'], 'release-manager': ['U0MAYA', 'S0RELEASE'] },
    groups: { security: ['U0LEO'] },
  }),
};

/** Sam has asked for v1.1.0 of the api on staging as #1, and people are asked. */
async function deskAsking(): Promise<TestDesk> {
  const desk = new TestDesk({ policy });
  desk.people.set('U0LEO', 'member');
  await desk.types('deploy api staging because of the slow page', 'U0SAM');
  await desk.happens(1, { type: 'checking' }, await asking(desk));
  return desk;
}

async function asking(desk: TestDesk, round = 1): Promise<DeploymentEvent> {
  const deployment = await desk.store.deployment(1);
  if (deployment === undefined) throw new Error('Nobody has asked for #1');
  return {
    ...{ type: 'approval-asked', round, digest: askedAbout(deployment.plan, policy.version), needs },
    ...{ policy: policy.version, excluded: ['U0SAM'], deadline: desk.clock.now() + 3_600_000, changes: [] },
  };
}

async function seenNow(desk: TestDesk) {
  const approval = (await desk.store.deployment(1))?.approval;
  return { deployment: 1, round: approval?.round, digest: approval?.digest };
}

async function votes(desk: TestDesk): Promise<string[]> {
  const approval = (await desk.store.deployment(1))?.approval;
  return (approval?.votes ?? []).map(({ voter, verdict }) => `${voter} ${verdict}`);
}

describe('approve', () => {
  it('by its button counts the vote at once, and says what is missing besides', async () => {
    const desk = await deskAsking();

    const answer = await desk.presses('approve', await seenNow(desk), 'U0MAYA');

    expect(answer.words).toBe('You approved #1. It still needs 1 of security.');
    expect(await votes(desk)).toEqual(['U0MAYA approve']);
  });

  it('says so when nobody else has to', async () => {
    const desk = await deskAsking();
    await desk.presses('approve', await seenNow(desk), 'U0LEO');

    const answer = await desk.presses('approve', await seenNow(desk), 'U0MAYA');

    expect(answer.words).toBe('You approved #1. Nobody else has to; its message shows how it goes on.');
  });

  it('typed votes on nothing: it shows what would go out, and asks', async () => {
    const desk = await deskAsking();

    const { form } = await desk.types('approve #1', 'U0MAYA');

    expect(formWords(form)).toMatch(/v1\.1\.0.*replaces.*v1\.0\.0/su);
    expect(formWords(form)).toContain('Needs the approval of 1 release manager and 1 of security');
    expect(await votes(desk)).toEqual([]);
  });

  it.each(['approve #1', 'reject #1'])(
    'typed as “%s” is refused at once to who could not vote',
    async (words) => {
      const desk = await deskAsking();
      desk.people.set('U0ANN', 'member');
      await desk.presses('approve', await seenNow(desk), 'U0LEO');

      const stranger = await desk.types(words, 'U0ANN');
      const requester = await desk.types(words, 'U0SAM');
      const voter = await desk.types(words, 'U0LEO');

      expect(stranger.words).toContain('Your vote on #1 would not count');
      expect(requester.words).toContain('You asked for #1 yourself');
      expect(voter.words).toContain('You have voted on #1 already');
      expect([stranger.form, requester.form, voter.form]).toEqual([undefined, undefined, undefined]);
    },
  );

  it('counts by the form for exactly what it showed', async () => {
    const desk = await deskAsking();
    const { form } = await desk.types('approve #1', 'U0MAYA');

    const answer = await desk.sends('approve', {}, form?.private_metadata);

    expect(answer.words).toContain('You approved #1.');
    expect(await votes(desk)).toEqual(['U0MAYA approve']);
  });

  it('by a form that showed something else does nothing, and says so', async () => {
    const desk = await deskAsking();
    const { form } = await desk.types('approve #1', 'U0MAYA');
    await desk.happens(1, await asking(desk, 2));

    const answer = await desk.sends('approve', {}, form?.private_metadata);

    expect(answer.words).toContain('Nothing was done: #1 has changed since you looked at it.');
    expect(await votes(desk)).toEqual([]);
  });

  it('by a button of another version of Forge does nothing, and says so', async () => {
    const desk = await deskAsking();

    const answer = await desk.presses('approve', { deployment: 1 }, 'U0MAYA');

    expect(answer.words).not.toContain('You approved');
    expect(await votes(desk)).toEqual([]);
  });

  it('asks Slack again who is in which group before it refuses somebody', async () => {
    const desk = await deskAsking();
    desk.people.set('U0ANN', 'member');
    const asked: (boolean | undefined)[] = [];
    desk.desk.people.groupsOf = async (_id, options) => {
      asked.push(options?.fresh);
      return options?.fresh === true ? ['S0RELEASE'] : [];
    };

    const answer = await desk.presses('approve', await seenNow(desk), 'U0ANN');

    expect(answer.words).toContain('You approved #1.');
    expect(asked.at(-1)).toBe(true);
  });

  it('is refused to who is in none of the groups, and to who asked for it', async () => {
    const desk = await deskAsking();
    desk.people.set('U0ANN', 'member');

    const stranger = await desk.presses('approve', await seenNow(desk), 'U0ANN');
    const requester = await desk.presses('approve', await seenNow(desk), 'U0SAM');

    expect(stranger.words).toContain('Your vote on #1 would not count');
    expect(requester.words).toContain('You asked for #1 yourself');
    expect(await votes(desk)).toEqual([]);
  });

  it.each(['U0GUEST', 'U0NOOR', 'U0FORGE', 'U0DORA'])(
    'is refused to %s, who is no full member',
    async (id) => {
      const desk = await deskAsking();

      await desk.presses('approve', await seenNow(desk), id);

      expect(await votes(desk)).toEqual([]);
    },
  );

  it('counts nothing while Slack does not say who is in which group', async () => {
    const desk = await deskAsking();
    desk.groups.set('U0MAYA', ['silent']);

    await desk.presses('approve', await seenNow(desk), 'U0MAYA');

    expect(await votes(desk)).toEqual([]);
  });

  it.each<[string, DeploymentEvent[], RegExp]>([
    [
      'over',
      [{ type: 'expired', reason: 'too late' }],
      /There is nothing to approve: #1 is over, it was not let go in time/,
    ],
    ['started', [{ type: 'started' }], /There is nothing to approve: #1 waits for nobody’s approval\./],
  ])('typed for what is %s says that there is nothing to approve', async (_state, events, words) => {
    const desk = await deskAsking();
    await desk.happens(1, ...events);

    expect((await desk.types('approve #1', 'U0MAYA')).words).toMatch(words);
  });

  it('typed for what is still being checked says when it can be', async () => {
    const desk = new TestDesk({ policy });
    await desk.types('deploy api staging', 'U0SAM');

    expect((await desk.types('approve #1', 'U0MAYA')).words).toMatch(/#1 is still being checked/);
  });

  it('typed without saying which asks for the number', async () => {
    const desk = await deskAsking();

    expect((await desk.types('approve', 'U0MAYA')).words).toMatch(/Which deployment/);
  });
});

describe('reject', () => {
  it('by its button asks for the reason first', async () => {
    const desk = await deskAsking();

    const { form } = await desk.presses('reject', await seenNow(desk), 'U0MAYA');

    expect(formWords(form)).toMatch(/v1\.1\.0.*replaces/su);
    expect(await votes(desk)).toEqual([]);
  });

  it('by its form ends the deployment, with the reason', async () => {
    const desk = await deskAsking();
    const { form } = await desk.presses('reject', await seenNow(desk), 'U0MAYA');

    const answer = await desk.sends('reject', { why: 'the migration locks a table' }, form?.private_metadata);

    expect(answer.words).toBe('You rejected #1. It does not start, and nothing was changed.');
    expect((await desk.store.deployment(1))?.phase).toMatchObject({
      ...{ kind: 'rejected', reason: 'the migration locks a table' },
    });
  });

  it('by its form without a reason asks again, and changes nothing', async () => {
    const desk = await deskAsking();
    const { form } = await desk.presses('reject', await seenNow(desk), 'U0MAYA');

    const answer = await desk.sends('reject', { why: '  ' }, form?.private_metadata);

    expect(formWords(answer.form)).toMatch(/v1\.1\.0.*replaces/su);
    expect((await desk.store.deployment(1))?.phase.kind).toBe('awaiting-approval');
  });

  it('by its form without a reason is told so under the field', () => {
    const hidden = { deployment: 1, round: 1, digest: 'd' };
    const submission = new TestDesk({ policy }).submission('reject', { why: '  ' }, hidden);

    const check = checkForm(submission, policy);

    expect(check).toEqual({ kind: 'errors', errors: { why: 'Say why: who asked for it will read it.' } });
  });

  it('typed with a reason has it in the form already', async () => {
    const desk = await deskAsking();

    const { form } = await desk.types('reject #1 because it is Friday', 'U0MAYA');

    expect(initialValues(form)).toMatchObject({ why: 'it is Friday' });
  });
});
