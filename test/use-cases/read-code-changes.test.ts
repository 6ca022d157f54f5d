import { beforeEach, describe, expect, it } from 'vitest';
import type { Plan } from '../../src/domain/plan.ts';
import type { Live } from '../../src/domain/release.ts';
import { CodeHostRefused, CodeHostUnavailable } from '../../src/ports/code-host.ts';
import { areChangesReadable, readCodeChanges } from '../../src/use-cases/read-code-changes.ts';
import { aLive, aPlan, aPolicy, aRelease, aServicePolicy } from '../builders.ts';
import { FakeCodeHost } from '../fakes/code-host.ts';
import type { FakeRepository } from '../fakes/code-host-repository.ts';

const within = 600_000;
const policy = aPolicy({
  services: [
    aServicePolicy({
      checks: [{ name: 'Migrations', kind: 'migrations-safe', files: 'db/*.sql', within }],
    }),
  ],
});

describe('what a plan makes different in the code', () => {
  let codeHost: FakeCodeHost;
  let web: FakeRepository;
  let first: string;
  let second: string;

  beforeEach(() => {
    codeHost = new FakeCodeHost();
    web = codeHost.repository('acme/checkout');
    first = web.push('main', { files: { 'a.ts': 'one' }, message: 'Begin' });
    second = web.push('main', {
      files: { 'a.ts': 'two', 'db/2.sql': 'select 2' },
      message: 'Add a banner\n\nMore.',
    });
  });

  const planned = (live: Record<string, string | undefined>, to: string): Plan =>
    aPlan({
      from: Object.fromEntries(
        Object.entries(live).map(([region, commit]): [string, Live] => {
          const { commit: _other, ...nameless } = aLive();
          return [region, commit === undefined ? nameless : { ...nameless, commit }];
        }),
      ),
      to: aRelease({ commit: to }),
    });
  const read = (plan: Plan, signal = new AbortController().signal) =>
    readCodeChanges(
      { service: 'checkout', environment: 'production', plan },
      { codeHost, policy },
      { signal },
    );

  it('is what comes with it, by whom, in which files, and what changes the database', async () => {
    expect(await read(planned({ 'eu-west-1': first }, second))).toMatchObject({
      kind: 'known',
      unknownIn: [],
      changes: [
        {
          ...{ regions: ['eu-west-1'], base: first, files: 2, additions: 2, deletions: 1 },
          brings: { total: 1, newest: [{ sha: second, title: 'Add a banner', author: 'Octo Cat' }] },
          takesAway: { total: 0 },
          migrations: { brings: { names: ['db/2.sql'] }, takesAway: { total: 0 } },
          url: expect.stringContaining('/compare/'),
        },
      ],
    });
    expect(codeHost.count('compare')).toBe(1);
  });

  it('is what goes away where an older one goes out, migrations too', async () => {
    expect(await read(planned({ 'eu-west-1': second }, first))).toMatchObject({
      changes: [
        {
          ...{ brings: { total: 0 }, takesAway: { total: 1, newest: [{ title: 'Add a banner' }] } },
          migrations: { takesAway: { names: ['db/2.sql'] } },
        },
      ],
    });
  });

  it('is both where somebody branched off', async () => {
    const side = web.push('side', { files: { 'b.ts': 'side' }, message: 'Beside' }, first);

    expect(await read(planned({ 'eu-west-1': second }, side))).toMatchObject({
      changes: [
        {
          brings: { newest: [{ title: 'Beside' }] },
          takesAway: { newest: [{ title: 'Add a banner' }] },
        },
      ],
    });
  });

  it('is read once for regions where the same is live, and for each other', async () => {
    const third = web.push('main', { files: { 'c.ts': 'three' } });
    const plan = planned({ 'us-east-1': first, 'eu-west-1': first, 'ap-southeast-1': second }, third);

    const found = await read(plan);

    expect(found).toMatchObject({
      changes: [
        { regions: ['us-east-1', 'eu-west-1'], brings: { total: 2 } },
        { regions: ['ap-southeast-1'], brings: { total: 1 } },
      ],
    });
    expect(codeHost.count('compare')).toBe(2);
  });

  it('says where nobody knows what is live', async () => {
    const some = await read(planned({ 'eu-west-1': first, 'us-east-1': undefined }, second));
    const none = await read(planned({ 'eu-west-1': undefined }, second));

    expect(some).toMatchObject({ kind: 'known', changes: [{}], unknownIn: ['us-east-1'] });
    expect(none).toMatchObject({ kind: 'unknown', says: 'Nobody knows which commit is live.' });
  });

  it.each([
    [new CodeHostUnavailable('a cable is cut'), 'GitHub does not answer just now.'],
    [
      new CodeHostRefused('Could not compare.', 'not-found'),
      'GitHub does not know both what is live and what would go out, or does not show them to Forge.',
    ],
    [new CodeHostRefused('Forge may not read.', 'forbidden'), 'GitHub refuses to tell. Forge may not read.'],
  ])('is unknown, with why, where the code host throws %s', async (error, says) => {
    codeHost.fail('compare', error);

    expect(await read(planned({ 'eu-west-1': first }, second))).toMatchObject({ kind: 'unknown', says });
  });

  it('is not unknown because nobody waits any more', async () => {
    const stopped = AbortSignal.abort(new Error('stopped'));

    await expect(read(planned({ 'eu-west-1': first }, second), stopped)).rejects.toThrow('stopped');
  });

  it('cannot be asked without a code host, a service of the policy or a commit', async () => {
    const asked = { service: 'checkout', environment: 'production', plan: aPlan() };
    const { commit: _none, ...nameless } = aRelease();

    expect(areChangesReadable(asked, { codeHost, policy })).toBe(true);
    expect(areChangesReadable(asked, { policy })).toBe(false);
    expect(areChangesReadable({ ...asked, service: 'gone' }, { codeHost, policy })).toBe(false);
    expect(areChangesReadable({ ...asked, plan: aPlan({ to: nameless }) }, { codeHost, policy })).toBe(false);
    expect(await readCodeChanges(asked, { policy }, { signal: new AbortController().signal })).toMatchObject({
      kind: 'unknown',
      says: 'Forge is not connected to GitHub any more.',
    });
  });
});
