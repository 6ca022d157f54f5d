import { describe, expect, it } from 'vitest';
import { connectForge } from './harness.ts';

describe('the people a subject of the policy names', () => {
  it.each([
    ['a person', 'U0MAYA', ['U0MAYA']],
    ['a user group', 'S0RELEASE', ['U0RAVI', 'U0LENA']],
    ['a user group nobody has heard of', 'S0NOBODY', []],
    ['an address nobody has', 'nobody@example.com', []],
  ])('are known for %s', async (_what, subject, people) => {
    const { forge } = await connectForge();

    expect(await forge.people.membersOf(subject)).toEqual(people);
  });

  it('are found by their address, whatever its case', async () => {
    const { forge } = await connectForge();
    const { email = '' } = (await forge.people.person('U0LENA')) ?? {};

    expect(email).not.toBe('');
    expect(await forge.people.membersOf(email.toUpperCase())).toEqual(['U0LENA']);
  });

  it('are not taken for nobody when Slack does not answer', async () => {
    const { forge, setFaults } = await connectForge();
    setFaults({ operation: 'users.lookupByEmail', kind: 'error', times: 9 });

    await expect(forge.people.membersOf('lena@example.com')).rejects.toThrow('Could not ask Slack who has');
  });
});

describe('the people of a channel', () => {
  it('are known, also those of further pages', async () => {
    const { forge } = await connectForge();

    const people = await forge.people.inChannel('C0DEPLOYS');

    expect(people.has('U0MAYA')).toBe(true);
    expect(people.has('U0DORA')).toBe(false);
  });

  it('are asked for once in five minutes; a failure is not kept', async () => {
    const { forge, setFaults, clock, slack } = await connectForge();
    setFaults({ operation: 'conversations.members', kind: 'error', times: 1 });
    await expect(forge.people.inChannel('C0DEPLOYS')).rejects.toThrow(
      'Could not ask Slack who is in the channel',
    );
    const taken = () =>
      slack.rateLimitUsage().find(({ method }) => method === 'conversations.members')?.taken ?? 0;
    const before = taken();

    await Promise.all([1, 2, 3].map(() => forge.people.inChannel('C0DEPLOYS')));
    await forge.people.inChannel('C0DEPLOYS');
    const first = taken() - before;
    clock.moveBy(5 * 60_000);
    await forge.people.inChannel('C0DEPLOYS');

    expect([first, taken() - before - first]).toEqual([1, 1]);
  });
});
