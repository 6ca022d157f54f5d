import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { codeChangesOf } from '../../src/domain/code-changes.ts';
import type { EnvironmentPolicy } from '../../src/domain/policy.ts';
import { CodeHostUnavailable } from '../../src/ports/code-host.ts';
import { minutes } from './approval-world.ts';
import { type CodeWorld, createCodeWorld } from './code-world.ts';
import { staging, targetIn } from './shop.ts';

const approvals: EnvironmentPolicy['approvals'] = {
  ...{ needs: [{ from: 'release-manager', count: 1 }], within: 60 * minutes, emergencyAlone: false },
};

describe('what is new in the code', () => {
  let world: CodeWorld;
  let live: string;

  beforeEach(async () => {
    world = createCodeWorld({ environment: { approvals } });
    world.makeImages();
    live = world.web.history.branches.get('main') ?? '';
    world.platform.give(targetIn(staging), { version: 'v1.0.0', commit: live, digest: digestOf('a') });
    await world.start();
  });
  afterEach(() => world.close());

  async function asked(): Promise<number> {
    const number = await world.ask();
    await world.untilPhase(number, 'awaiting-approval');
    return number;
  }
  /** Whether all is as it was is looked at every five minutes: by the next process, where that is meanwhile. */
  async function lookedAgain(): Promise<void> {
    const looks = () => world.platform.calls.filter(({ method }) => method === 'live').length;
    const before = looks();
    world.crash();
    world.clock.jump(6 * minutes);
    await world.start();
    await world.until(() => looks() > before);
    await world.clock.advance(3_000);
  }
  const known = async (number: number) => codeChangesOf(await world.deployment(number));
  const count = async (number: number) =>
    (await world.eventTypes(number)).filter((type) => type === 'changes-read').length;

  it('is read once, before people are asked', async () => {
    const number = await asked();
    await lookedAgain();

    expect(await known(number)).toMatchObject({
      kind: 'known',
      changes: [{ base: live, brings: { total: 1, newest: [{ title: 'A banner', author: 'Octo Cat' }] } }],
    });
    const types = await world.eventTypes(number);
    expect(types.indexOf('changes-read')).toBe(types.indexOf('approval-asked') - 2);
    expect(world.host.count('compare')).toBe(1);
  });

  it('is read anew where something else is live by then', async () => {
    const number = await asked();
    const other = world.web.push('main', { files: { 'other.js': '1' }, message: 'Other' });
    world.platform.give(targetIn(staging), { version: 'v1.0.1', commit: other, digest: digestOf('b') });

    await world.approve(number);
    await world.until(async () => (await world.deployment(number)).approval?.round === 2);

    expect(await known(number)).toMatchObject({
      changes: [{ base: other, brings: { total: 1 }, takesAway: { newest: [{ title: 'Other' }] } }],
    });
  });

  it('is said to be unknown where GitHub does not answer, and nobody waits for it; it is told once it does', async () => {
    world.host.fail('compare', new CodeHostUnavailable('a cable is cut'));
    const number = await asked();
    await lookedAgain();

    expect(await known(number)).toMatchObject({
      kind: 'unknown',
      says: 'GitHub does not answer just now.',
    });
    expect(await count(number)).toBe(1);
    world.host.mend();
    await lookedAgain();
    expect(await known(number)).toMatchObject({ kind: 'known' });
    expect((await world.deployment(number)).approval).toMatchObject({ round: 1, votes: [] });
  });

  it('is waited for no longer than some seconds', async () => {
    const compare = world.host.compare;
    world.host.compare = (_repository, _range, { signal }) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(new Error('aborted')));
      });
    const number = await world.ask();
    await world.until(async () => (await world.deployment(number)).build?.state === 'finished');

    await world.clock.advance(12_000);

    expect((await world.deployment(number)).phase.kind).toBe('awaiting-approval');
    expect(await known(number)).toMatchObject({ says: 'GitHub does not answer just now.' });
    world.host.compare = compare;
  });

  it('that cannot be understood does not keep people from being asked', async () => {
    world.host.fail('compare', new TypeError('no such field'));

    const number = await asked();

    expect(await known(number)).toMatchObject({ says: 'Forge could not read it: no such field.' });
  });

  it('is not looked for where nobody is asked anything', async () => {
    await world.close();
    world = createCodeWorld();
    world.makeImages();
    await world.start();

    await world.ended(await world.ask());

    expect(world.host.count('compare')).toBe(0);
  });

  it('is read once more at most when the process dies while it is read', async () => {
    const number = await world.ask();
    await world.until(async () => (await world.deployment(number)).build?.state === 'finished');
    world.crash();

    await world.start();
    await world.untilPhase(number, 'awaiting-approval');

    expect(await count(number)).toBe(1);
    await world.approve(number);
    expect((await world.ended(number)).phase.kind).toBe('succeeded');
  });
});

function digestOf(digit: string): string {
  return `sha256:${digit.repeat(64)}`;
}
