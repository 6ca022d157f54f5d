import { afterEach, describe, expect, it } from 'vitest';
import type { CheckPolicy } from '../../src/domain/check.ts';
import { CodeHostRefused } from '../../src/ports/code-host.ts';
import { failed, passed } from '../fakes/command-runner.ts';
import { type CodeWorld, ci, createCodeWorld, lint, told, unitTests } from './code-world.ts';
import { releaseOf } from './shop.ts';

describe('the checks of the policy', () => {
  let world: CodeWorld;

  const begin = async (options: Parameters<typeof createCodeWorld>[0]) => {
    world = createCodeWorld({ isBuilt: false, ...options });
    await world.start();
    return world;
  };
  afterEach(() => world.close());

  const states = async (number: number) =>
    (await world.deployment(number)).checkStates.map(({ name, state }) => `${name}: ${state}`);

  it('are made in order before it starts', async () => {
    await begin({ checks: [unitTests, lint] });

    const deployment = await world.ended(await world.ask('v1.1.0'));

    expect(deployment.phase.kind).toBe('succeeded');
    expect(world.runner.requests.map(({ command }) => command)).toEqual(['npm test', 'npm run lint']);
    expect(world.runner.requests[0]).toMatchObject({
      repository: 'acme/checkout',
      commit: releaseOf('v1.1.0').commit,
    });
    expect(await states(1)).toEqual(['Unit tests: passed', 'Lint: passed']);
    expect(await world.eventTypes(1)).toContain('started');
  });

  it('of the environment come after those of the service', async () => {
    await begin({ checks: [unitTests], environment: { checks: [lint] } });

    await world.ended(await world.ask('v1.1.0'));

    expect(await states(1)).toEqual(['Unit tests: passed', 'Lint: passed']);
  });

  it('stop at the first that fails, and nothing is changed', async () => {
    await begin({ checks: [unitTests, lint] });
    world.runner.script('npm test', failed('1 failing\n  expected 2 to be 3'));

    await world.ask('v1.1.0');
    const deployment = await world.untilCheck(1, 'Unit tests', 'failed');

    expect(deployment.phase.kind).toBe('checking');
    expect(await states(1)).toEqual(['Unit tests: failed', 'Lint: to-do']);
    expect(deployment.checkStates[0]).toMatchObject({ tail: ['1 failing', '  expected 2 to be 3'] });
    expect(world.platform.changes).toEqual([]);
  });

  it('go on when the one that failed passes the next time', async () => {
    await begin({ checks: [unitTests, lint] });
    world.runner.script('npm test', failed('flaky'), passed());
    await world.ask('v1.1.0');
    await world.untilCheck(1, 'Unit tests', 'failed');

    await world.retry(1);

    expect((await world.ended(1)).phase.kind).toBe('succeeded');
    expect(world.runner.requests.map(({ command }) => command)).toEqual([
      'npm test',
      'npm test',
      'npm run lint',
    ]);
  });

  it('that failed are reminded of once, and end it where nobody does anything', async () => {
    await begin({ checks: [unitTests] });
    world.runner.script('npm test', failed('no'));

    const deployment = await world.ended(await world.ask('v1.1.0'));

    expect(deployment.phase).toEqual({
      kind: 'expired',
      reason:
        '“Unit tests” did not pass, and nobody did anything about it in time. Nothing was changed; deploy again when the cause is mended.',
    });
    const types = await world.eventTypes(1);
    expect(types.filter((type) => type === 'check-reminded')).toHaveLength(1);
    expect(world.platform.changes).toEqual([]);
  });

  it('end at once when it is aborted in the middle of one', async () => {
    await begin({ checks: [unitTests] });
    world.runner.script('npm test', 'hang');
    await world.ask('v1.1.0');
    await world.until(() => world.runner.hanging.length === 1);

    await world.abort(1);
    const deployment = await world.ended(1);

    expect(deployment.phase.kind).toBe('aborted');
    expect(world.runner.hanging).toEqual([]);
  });

  it('hold up nobody else', async () => {
    await begin({ checks: [unitTests] });
    world.runner.script('npm test', 'hang', passed());
    await world.ask('v1.1.0');
    await world.until(() => world.runner.hanging.length === 1);

    const second = await world.ended(await world.ask('v1.2.0'));

    expect(second.phase.kind).toBe('succeeded');
  });

  it('of a command that passed for the commit are not made again', async () => {
    await begin({ checks: [unitTests] });
    await world.ended(await world.ask('v1.1.0'));
    await world.undone(1);

    await world.ended(await world.ask('v1.1.0'));

    expect(world.runner.requests).toHaveLength(1);
    expect(await states(3)).toEqual(['Unit tests: passed']);
  });

  it('are none of a rollback', async () => {
    await begin({ checks: [unitTests] });
    await world.ended(await world.ask('v1.1.0'));

    const undone = await world.undone(1);

    expect(undone.checkStates).toEqual([]);
    expect(world.runner.requests).toHaveLength(1);
  });

  it('say who is late, and pass when that is done', async () => {
    await begin({ checks: [ci] });
    const commit = world.head;
    world.publish(commit);
    world.web.setCheck(commit, { name: 'build', state: 'waiting' });
    await world.ask('feature/banner');
    const waiting = await world.until(async () => {
      const [check] = (await world.deployment(1)).checkStates;
      return check?.state === 'running' && check.says !== undefined && check;
    });

    expect(waiting).toMatchObject({ says: expect.stringContaining('build') });
    world.web.setCheck(commit, { name: 'build', state: 'passed' });

    expect((await world.ended(1)).phase.kind).toBe('succeeded');
    const types = await world.eventTypes(1);
    expect(types.filter((type) => type === 'check-waiting')).toHaveLength(1);
  });

  it('that are not done in time fail, and say what they waited for', async () => {
    await begin({ checks: [{ ...ci, within: 60_000 }] });
    world.publish(world.head);
    world.web.setCheck(world.head, { name: 'build', state: 'waiting' });
    await world.ask('feature/banner');

    const deployment = await world.untilCheck(1, 'CI', 'failed');

    expect(deployment.checkStates[0]).toMatchObject({ says: expect.stringContaining('within 60 s') });
  });

  it('wait with patience while the code host is silent, and tell it', async () => {
    await begin({ checks: [ci] });
    world.publish(world.head);
    world.web.setCheck(world.head, { name: 'build', state: 'passed' });
    await world.ask('feature/banner');
    world.host.fail('checks');

    await world.until(async () => (await world.deployment(1)).trouble?.includes('GitHub does not answer'));
    world.host.mend();
    const deployment = await world.ended(1);

    expect(deployment.phase.kind).toBe('succeeded');
    expect(deployment.trouble).toBeUndefined();
  });

  it('that the code host refuses to tell block in its words', async () => {
    await begin({ checks: [ci] });
    world.publish(world.head);
    await world.ask('feature/banner');
    world.host.fail('checks', new CodeHostRefused('Forge may not read checks there.', 'forbidden'));

    const deployment = await world.untilCheck(1, 'CI', 'unknown');

    expect(deployment.checkStates[0]).toMatchObject({
      says: expect.stringContaining('Forge may not read checks there.'),
    });
  });

  it('wait for a box until a person ticks it, also before its turn', async () => {
    const second = { ...told, name: 'Flags', says: 'Flags are configured' };
    await begin({ checks: [told, second] });
    await world.ask('v1.1.0');
    await world.untilCheck(1, 'Stakeholders', 'running');

    await world.tick(1, 'flags');
    expect(await states(1)).toEqual(['Stakeholders: running', 'Flags: ticked']);
    await world.tick(1, 'Stakeholders');

    expect((await world.ended(1)).phase.kind).toBe('succeeded');
  });

  it('let pass by the role that the policy names, with a reason', async () => {
    const scan: CheckPolicy = {
      ...{ name: 'Scan', kind: 'scan', most: { critical: 0 }, within: 60_000 },
      override: 'release-manager',
    };
    await begin({ checks: [scan] });
    const { commit = '' } = releaseOf('v1.1.0');
    world.sourceControl.setImage(commit, {
      scan: { kind: 'complete', findings: { critical: 2, high: 0, medium: 0, low: 0 }, unrated: 0 },
    });
    await world.ask('v1.1.0');
    await world.untilCheck(1, 'Scan', 'failed');

    await expect(world.override(1, ' ')).rejects.toThrow('say why');
    await world.override(1);

    const deployment = await world.ended(1);
    expect(deployment.phase.kind).toBe('succeeded');
    expect(deployment.checkStates[0]).toMatchObject({
      state: 'overridden',
      by: { userId: 'U0LENA' },
      why: 'the finding is a false alarm',
    });
  });

  it('that take but a moment are made again right before the start, where that is long after', async () => {
    const scan = { name: 'Scan', kind: 'scan', most: { critical: 0 }, within: 60_000 } as const;
    const approvals = {
      needs: [{ from: 'release-manager', count: 1 }],
      within: 7_200_000,
      emergencyAlone: false,
    };
    await begin({ checks: [scan], environment: { approvals } });
    const { commit = '' } = releaseOf('v1.1.0');
    await world.ask('v1.1.0');
    await world.untilPhase(1, 'awaiting-approval');
    world.sourceControl.setImage(commit, {
      scan: { kind: 'complete', findings: { critical: 2, high: 0, medium: 0, low: 0 }, unrated: 0 },
    });
    world.clock.jump(700_000);

    await world.approve(1);
    const deployment = await world.untilCheck(1, 'Scan', 'failed');

    expect(deployment.phase.kind).toBe('checking');
    expect(world.platform.changes).toEqual([]);
  });
});
