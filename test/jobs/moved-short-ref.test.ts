import { expect, it } from 'vitest';
import { movedRef } from '../../jobs/moved-ref.ts';
import { aDeployment, aPlan, aPolicy, aRelease, aRequestedEvent, aServicePolicy } from '../builders.ts';
import { FakeCodeHost } from '../fakes/code-host.ts';

const repository = 'acme/checkout';
const policy = aPolicy({ services: [aServicePolicy({ name: 'checkout', repository })] });

/** What is told of a name whose commit was asked for and which is of another one now. */
function told(nameOf: (commit: string) => string, { isPushed = false } = {}): Promise<string | undefined> {
  const codeHost = new FakeCodeHost();
  const history = codeHost.repository(repository);
  const commit = history.push('main');
  const name = nameOf(commit);
  history.push(name);
  const plan = aPlan({ to: aRelease({ commit }) });
  const pushed = isPushed ? { pushed: { repository, ref: `refs/heads/${name}`, commit } } : {};
  const asked = aRequestedEvent({ service: 'checkout', ref: name, plan, ...pushed });
  return movedRef(aDeployment([asked]), { codeHost, policy }, AbortSignal.timeout(10_000));
}

it.each([1, 3, 6])(
  'a branch whose name of %i signs is how the commit begins is still a branch',
  async (digits) => {
    expect(await told((commit) => commit.slice(0, digits))).toMatch(/has moved to [0-9a-f]{12} since/u);
  },
);

it.each(['abc', 'deadbeef', '1234567'])('a branch called %s has moved like any other', async (name) => {
  expect(await told(() => name)).toMatch(`${name} has moved to`);
});

it('a branch that was pushed is never taken for a commit, however it is called', async () => {
  expect(await told((commit) => commit.slice(0, 9), { isPushed: true })).toMatch(/has moved to/u);
});

it('what is long enough to be the commit that is deployed is that commit', async () => {
  expect(await told((commit) => commit.slice(0, 7).toUpperCase())).toBeUndefined();
});
