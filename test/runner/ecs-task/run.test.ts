import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../../eventually.ts';
import { BUBBLEWRAP, cannot, named } from '../workbench.ts';
import { createTaskWorld, printed, type TaskWorld } from './task-world.ts';

let world: TaskWorld;
let run: ReturnType<TaskWorld['newRunner']>['run'];
let commit: string;

beforeAll(async () => {
  world = await createTaskWorld();
  ({ run } = world.newRunner());
  commit = await world.commit({ 'check.sh': 'git rev-parse HEAD; cat src/page.js; exit $1\n' });
});
beforeEach(() => {
  world.aws.aws.truth.tasks.splice(0, world.aws.aws.truth.tasks.length);
});
afterAll(() => world.end());

describe.skipIf(cannot(BUBBLEWRAP) !== undefined)(named('a command in a task of ECS', BUBBLEWRAP), () => {
  it('passes, or fails with what it printed, in a clean checkout of exactly its commit', async () => {
    const good = await run({ commit, command: 'sh check.sh 0' });
    const bad = await run({ commit, command: 'sh check.sh 3' });

    expect(good).toMatchObject({ kind: 'exited', code: 0 });
    expect(bad).toMatchObject({ kind: 'exited', code: 3, output: { isCut: false } });
    expect(printed(bad)).toContain(`${commit}\none\ntwo\nthree`);
    expect(printed(bad)).not.toContain('end of forge');
  });

  it('finds what was installed, and nothing of Forge or AWS in its environment', async () => {
    const outcome = await run({
      ...{ commit, install: { command: 'echo there >installed', within: 60_000 } },
      command: 'cat installed; env; exit 1',
    });

    expect(printed(outcome)).toMatch(/^there$/mu);
    expect(printed(outcome)).toMatch(/^CI=true$/mu);
    expect(printed(outcome)).not.toMatch(/FORGE_|AWS_|ECS_|GIT_/u);
  });

  it('is not run where its dependencies cannot be installed', async () => {
    const outcome = await run({
      ...{ commit, command: 'echo it ran' },
      install: { command: 'echo no such package; exit 1', within: 60_000 },
    });

    expect(outcome).toMatchObject({
      kind: 'install-failed',
      output: { text: expect.stringContaining('no such package') },
    });
    expect(printed(outcome)).not.toContain('it ran');
  });

  it('that takes too long has timed out, with what it printed', async () => {
    const outcome = await run({ commit, command: 'echo begun; sleep 60', within: 1_000 });

    expect(outcome).toMatchObject({ kind: 'timed-out', output: { text: expect.stringContaining('begun') } });
  });

  it('that is ended by a signal is told as killed', async () => {
    const outcome = await run({ commit, command: 'kill -9 $$' });

    expect(outcome).toMatchObject({ kind: 'killed', signal: 'SIGKILL' });
  });

  it('that floods its output leaves the end of it, and no more than that in CloudWatch', async () => {
    const outcome = await run({
      ...{ commit, outputLimit: 1_000 },
      command: 'yes line | head -c 30000000; echo last; exit 1',
    });
    const kept = world.aws.aws.truth.logStreams.flatMap(({ events }) => events.map(({ message }) => message));

    expect(outcome).toMatchObject({ kind: 'exited', code: 1, output: { isCut: true } });
    expect(printed(outcome).trimEnd()).toMatch(/line\nlast$/u);
    expect(kept.join('\n').length).toBeLessThan(5_000);
  });

  it('waits for output that shows late', async () => {
    Object.assign(world.aws.aws.truth.timing, { logDelayMs: 300 });

    const outcome = await run({ commit, command: 'echo found something; exit 1' });
    Object.assign(world.aws.aws.truth.timing, { logDelayMs: 0 });

    expect(printed(outcome)).toContain('found something');
  });

  it('is followed though AWS shows late what it has begun', async () => {
    world.aws.aws.change({ staleReads: { services: ['ecs'], age: { minMs: 300, maxMs: 500 } } });

    const outcome = await run({ commit, command: 'exit 6' });
    world.aws.aws.change({ staleReads: { services: [] } });

    expect(outcome).toMatchObject({ kind: 'exited', code: 6 });
  });

  it('is ended when nobody wants it any more', async () => {
    const over = new AbortController();

    const running = run({ commit, command: 'sleep 60' }, over.signal);
    await eventually(() => world.tasks()[0]?.containers?.check);
    over.abort(new Error('not wanted'));

    await expect(running).rejects.toThrow('not wanted');
    expect(world.tasks()).toMatchObject([
      { desiredStatus: 'STOPPED', stoppedReason: 'Forge has ended this check.' },
    ]);
  });

  it('says nothing about the code where somebody ends its task, even when it had passed by then', async () => {
    const running = run({ commit, command: 'sleep 60' });
    const task = await eventually(() => world.tasks()[0]);
    await eventually(() => task.containers?.check);
    task.stopCode = 'UserInitiated';
    task.stoppedReason = 'Cleaning up';
    task.desiredStatus = 'STOPPED';
    await task.process?.stop(0);
    task.containers = { ...task.containers, check: { lastStatus: 'STOPPED', exitCode: 0 } };

    expect(await running).toMatchObject({
      kind: 'unavailable',
      reason: expect.stringContaining('Somebody ended its task in AWS.'),
    });
  });

  it('runs beside others only as far as the policy lets it', async () => {
    const over = new AbortController();

    const all = [1, 2, 3].map((number) => run({ commit, command: `sleep 6${number}` }, over.signal));
    await eventually(() => world.tasks().length === 2);
    await sleep(100);
    const begun = world.tasks().length;
    over.abort();
    await Promise.allSettled(all);

    expect(begun).toBe(2);
  });
});

describe.skipIf(cannot(BUBBLEWRAP) !== undefined)(named('a command that no task runs', BUBBLEWRAP), () => {
  it('is unavailable where AWS has no room', async () => {
    const other = world.newRunner();
    world.aws.aws.change({ room: 'none' });

    const outcome = await other.run({ commit });
    world.aws.aws.change({ room: 'enough' });

    expect(outcome).toMatchObject({
      kind: 'unavailable',
      reason: expect.stringContaining('AWS has no room for its task'),
    });
  });

  it('is unavailable where its image is not there', async () => {
    await world.register(({ containerDefinitions = [] }) => {
      for (const container of containerDefinitions)
        container.image = '111111111111.dkr.ecr.us-east-1.amazonaws.com/none:1';
    });

    const outcome = await world.newRunner().run({ commit });
    await world.register(() => undefined);

    expect(outcome).toMatchObject({
      kind: 'unavailable',
      reason: expect.stringContaining('CannotPullContainerError'),
    });
  });

  it('is given no token that opens more than the repository of its code', async () => {
    const header = { name: 'Authorization', value: 'Basic cGVyc29uYWw=' };
    const codeHost = { gitAccess: async () => ({ url: 'https://github.example/acme/api.git', header }) };

    const outcome = await world.newRunner({ codeHost }).run({ commit });

    expect(outcome).toMatchObject({
      kind: 'unavailable',
      reason: expect.stringContaining('Let it sign in as a GitHub App.'),
    });
    expect(world.tasks()).toEqual([]);
  });

  it('is unavailable where its commit cannot be fetched, with what Git says', async () => {
    const outcome = await world.newRunner().run({ commit: 'a'.repeat(40) });

    expect(outcome).toMatchObject({
      kind: 'unavailable',
      reason: expect.stringMatching(/^The code could not be fetched in its task: .*not our ref/u),
    });
  });

  it('is unavailable where it is longer than AWS takes', async () => {
    const outcome = await world.newRunner().run({ commit, command: `echo ${'x'.repeat(8_000)}` });

    expect(outcome).toMatchObject({
      kind: 'unavailable',
      reason: expect.stringContaining('put it into a script'),
    });
  });

  it('is refused where it is no commit', async () => {
    await expect(run({ commit: 'main' })).rejects.toThrow('not the whole number of a commit');
  });
});
