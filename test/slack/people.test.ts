import { describe, expect, it } from 'vitest';
import { personOf } from '../../src/slack/people.ts';
import { connectForge } from './harness.ts';

describe('a person', () => {
  it.each([
    { id: 'U0MAYA', name: 'Maya Chen', kind: 'member', timeZone: 'America/New_York' },
    { id: 'U0GUEST', name: 'Gus Guest', kind: 'guest', timeZone: 'Europe/Paris' },
    { id: 'U0NOOR', name: 'Noor Haddad', kind: 'stranger', timeZone: 'Asia/Dubai' },
    { id: 'U0DORA', name: 'Dora Gone', kind: 'deactivated' },
    { id: 'U0FORGE', kind: 'bot' },
  ])('is known as the workspace knows them: $id is a $kind', async (expected) => {
    const { forge } = await connectForge();

    expect(await forge.people.person(expected.id)).toMatchObject(expected);
  });

  it('nobody has heard of is undefined', async () => {
    const { forge } = await connectForge();

    expect(await forge.people.person('U0NOBODY')).toBeUndefined();
  });

  it('is asked for again after five minutes, or when it matters', async () => {
    const { forge, setFaults, clock } = await connectForge();
    await forge.people.person('U0MAYA');
    setFaults({ operation: 'users.info', kind: 'error', times: 99 });

    const soon = await forge.people.person('U0MAYA');
    const fresh = forge.people.person('U0MAYA', { fresh: true });

    expect(soon).toMatchObject({ id: 'U0MAYA' });
    await expect(fresh).rejects.toThrow('Could not ask Slack who U0MAYA is');
    clock.moveBy(5 * 60_000);
    await expect(forge.people.person('U0MAYA')).rejects.toThrow('Could not ask Slack who U0MAYA is');
  });

  it('is asked for once, however many want to know at the same time', async () => {
    const { forge, slack } = await connectForge();

    const people = await Promise.all(Array.from({ length: 200 }, () => forge.people.person('U0MAYA')));

    expect(new Set(people.map((person) => person?.name))).toEqual(new Set(['Maya Chen']));
    expect(slack.rateLimitUsage().find(({ method }) => method === 'users.info')).toMatchObject({ taken: 1 });
  });

  it('is found after the time Slack asks to wait', async () => {
    const { forge, setFaults } = await connectForge();
    setFaults({ operation: 'users.info', kind: 'throttle', retryAfterSeconds: 1 });

    expect(await forge.people.person('U0MAYA')).toMatchObject({ kind: 'member' });
  });

  it('is not waited for without end', async () => {
    const { forge, setFaults } = await connectForge();
    setFaults({ operation: 'users.info', kind: 'throttle', retryAfterSeconds: 1, times: 99 });

    await expect(forge.people.person('U0MAYA')).rejects.toThrow('Could not ask Slack who U0MAYA is');
  });

  it('is found although one answer of Slack is lost', async () => {
    const { forge, setFaults } = await connectForge();
    setFaults({ operation: 'users.info', kind: 'cut-before' });

    expect(await forge.people.person('U0MAYA')).toMatchObject({ kind: 'member' });
  });
});

describe('the kind of a person', () => {
  it.each([
    { what: 'somebody of another workspace', user: { team_id: 'T0OTHER' }, kind: 'stranger' },
    { what: 'somebody Slack calls a stranger', user: { is_stranger: true }, kind: 'stranger' },
    { what: 'somebody without a workspace', user: { team_id: undefined }, kind: 'stranger' },
    {
      what: 'somebody of the same organisation who belongs here',
      user: { team_id: 'T0OTHER', enterprise_user: { teams: ['T0ACME'] } },
      kind: 'member',
    },
    { what: 'a guest of one channel', user: { is_ultra_restricted: true }, kind: 'guest' },
    {
      what: 'a guest of another workspace',
      user: { team_id: 'T0OTHER', is_restricted: true },
      kind: 'stranger',
    },
    { what: 'a deactivated guest', user: { deleted: true, is_restricted: true }, kind: 'deactivated' },
    { what: "Slack's own bot", user: { id: 'USLACKBOT' }, kind: 'bot' },
  ])('of $what is $kind', ({ user, kind }) => {
    expect(personOf({ ...someone, ...user }, 'T0ACME').kind).toBe(kind);
  });

  it('leaves people without a usable time zone in UTC', () => {
    expect(personOf({ ...someone, tz: null }, 'T0ACME').timeZone).toBe('UTC');
    expect(personOf({ ...someone, tz: 'Mars/Olympus' }, 'T0ACME').timeZone).toBe('UTC');
  });
});

const someone = {
  id: 'U0SOMEONE',
  team_id: 'T0ACME',
  name: 'someone',
  deleted: false,
  is_bot: false,
  is_restricted: false,
  is_ultra_restricted: false,
  is_stranger: false,
  is_email_confirmed: true,
  tz: 'Europe/Berlin',
};

describe('the user groups of a person', () => {
  it('are those Slack says they are in', async () => {
    const { forge } = await connectForge();

    expect(await forge.people.groupsOf('U0SAM')).toEqual(['S0ONCALL']);
    expect(await forge.people.groupsOf('U0MAYA')).toEqual([]);
  });

  it('are one question for all groups and people, asked again after five minutes', async () => {
    const { forge, slack, clock } = await connectForge();
    const taken = () => slack.rateLimitUsage().find(({ method }) => method === 'usergroups.list')?.taken ?? 0;

    await Promise.all(['U0SAM', 'U0LENA', 'U0DANA'].map((id) => forge.people.groupsOf(id)));
    expect(taken()).toBe(1);
    clock.moveBy(5 * 60_000);
    await forge.people.groupsOf('U0SAM');
    expect(taken()).toBe(2);
  });

  it('are asked for again when it matters, but not again within seconds', async () => {
    const { forge, slack, clock } = await connectForge();
    const taken = () => slack.rateLimitUsage().find(({ method }) => method === 'usergroups.list')?.taken ?? 0;
    await forge.people.groupsOf('U0SAM');

    clock.moveBy(11_000);
    await forge.people.groupsOf('U0SAM', { fresh: true });
    await forge.people.groupsOf('U0SAM', { fresh: true });

    expect(taken()).toBe(2);
  });

  it('are unknown, not none, where Slack does not answer', async () => {
    const { forge, setFaults } = await connectForge();
    setFaults({ operation: 'usergroups.list', kind: 'error', times: 99 });

    await expect(forge.people.groupsOf('U0SAM')).rejects.toThrow(
      'Could not ask Slack who is in which user group',
    );
  });

  it('are found after the time Slack asks to wait', async () => {
    const { forge, setFaults } = await connectForge();
    setFaults({ operation: 'usergroups.list', kind: 'throttle', retryAfterSeconds: 1 });

    expect(await forge.people.groupsOf('U0ELENA')).toEqual(['S0EXECS']);
  });
});

describe('an e-mail address', () => {
  it('is known where Slack has confirmed it', async () => {
    const { forge } = await connectForge();

    expect(await forge.people.person('U0LENA')).toMatchObject({ email: 'lena@acme.example' });
    const unconfirmed = {
      ...someone,
      is_email_confirmed: false,
      profile: { ...noProfile, email: 'a@b.example' },
    };
    expect(personOf(unconfirmed, 'T0ACME')).not.toHaveProperty('email');
  });
});

const noProfile = { display_name: '', real_name: '' };
