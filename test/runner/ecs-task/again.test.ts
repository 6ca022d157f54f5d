import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Fault } from '../../../sandbox/faults.ts';
import { type AwsClients, createAwsClients } from '../../../src/aws/clients.ts';
import { eventually } from '../../eventually.ts';
import { hurriedClock } from '../../scenarios/hurried-clock.ts';
import { BUBBLEWRAP, cannot, named } from '../workbench.ts';
import { createTaskWorld, type TaskWorld } from './task-world.ts';

let world: TaskWorld;
let commit: string;
/** The next life of Forge, proven once for all of these. */
let next: ReturnType<TaskWorld['newRunner']>;
const attempt = 'deployment 7, Unit tests, 1';

beforeAll(async () => {
  world = await createTaskWorld();
  commit = await world.commit({ 'a.txt': 'a' });
  next = world.newRunner();
  if (cannot(BUBBLEWRAP) === undefined) await next.run({ commit });
});
beforeEach(forgetTasks);
afterAll(() => world.end());

describe.skipIf(cannot(BUBBLEWRAP) !== undefined)(named('a Forge that is killed', BUBBLEWRAP), () => {
  it('before AWS answers that the task began finds it, and starts no other', async () => {
    const request = { commit, attempt, command: 'true' };
    unheard(world.newRunner({ clients: dying() }).run(request));
    await eventually(() => world.tasks().length === 1);

    const outcome = await next.run(request);

    expect(outcome).toMatchObject({ kind: 'exited', code: 0 });
    expect(world.tasks()).toHaveLength(1);
  });

  it('finds it also where AWS does not list it yet, by the token of the request', async () => {
    const request = { commit, attempt, command: 'true ;' };
    unheard(world.newRunner({ clients: dying() }).run(request));
    await eventually(() => world.tasks().length === 1);

    const outcome = await world.newRunner({ clients: listingNothing() }).run(request);

    expect(outcome).toMatchObject({ kind: 'exited', code: 0 });
    expect(world.tasks()).toHaveLength(1);
  });

  it('is told how the task ended meanwhile', async () => {
    const request = { commit, attempt, command: 'exit 4' };
    unheard(world.newRunner({ clients: dying() }).run(request));
    await eventually(() => world.tasks()[0]?.lastStatus === 'STOPPED');

    const outcome = await next.run(request);

    expect(outcome).toMatchObject({ kind: 'exited', code: 4 });
    expect(world.tasks()).toHaveLength(1);
  });
});

describe.skipIf(cannot(BUBBLEWRAP) !== undefined)(named('a Forge that is stopped', BUBBLEWRAP), () => {
  it('ends its tasks, and runs the command anew after its next start', async () => {
    const request = { commit, attempt, command: 'test -e /dev/null; sleep 0.7' };
    const first = world.newRunner();
    const running = first.run(request);
    await eventually(() => world.tasks()[0]?.containers?.check);
    await Promise.all([expect(running).rejects.toThrow('has stopped'), first.stop()]);
    await eventually(() => world.tasks()[0]?.lastStatus === 'STOPPED');

    const outcome = await next.run(request);

    expect(outcome).toMatchObject({ kind: 'exited', code: 0 });
    expect(world.tasks().map(({ stoppedReason }) => stoppedReason)).toEqual([
      'Forge has ended this check.',
      'Essential container in task exited',
    ]);
  });

  it('runs it anew also where AWS does not list what was ended', async () => {
    const request = { commit, attempt, command: 'true && sleep 0.7' };
    const first = world.newRunner();
    const running = first.run(request);
    await eventually(() => world.tasks()[0]?.containers?.check);
    await Promise.all([expect(running).rejects.toThrow('has stopped'), first.stop()]);

    const outcome = await world.newRunner({ clients: listingNothing() }).run(request);

    expect(outcome).toMatchObject({ kind: 'exited', code: 0 });
    expect(world.tasks()).toHaveLength(2);
  });

  it('runs it anew also where AWS has forgotten what was ended', async () => {
    const request = { commit, attempt, command: 'true; sleep 0.7' };
    const first = world.newRunner();
    const running = first.run(request);
    await eventually(() => world.tasks()[0]?.containers?.check);
    await Promise.all([expect(running).rejects.toThrow('has stopped'), first.stop()]);
    forgetTasks();

    const outcome = await world.newRunner({ clock: hurriedClock(60) }).run(request);

    expect(outcome).toMatchObject({ kind: 'exited', code: 0 });
    expect(world.tasks()).toHaveLength(1);
  });
});

describe.skipIf(cannot(BUBBLEWRAP) !== undefined)(named('another attempt', BUBBLEWRAP), () => {
  it('runs the command anew', async () => {
    await next.run({ commit, attempt, command: 'exit 5' });
    await next.run({ commit, attempt: 'deployment 7, Unit tests, 2', command: 'exit 5' });
    await next.run({ commit, command: 'exit 5' });

    expect(new Set(world.tasks().map(({ startedBy }) => startedBy)).size).toBe(3);
  });

  it.each(['cut-after', 'error-after', 'cut-before', 'throttle'] as const)(
    'is one task, though the call that starts it is hit by %s',
    async (kind) => {
      world.aws.faults.add(Fault.parse({ service: 'ecs', operation: 'RunTask', kind }));

      const outcome = await next.run({ commit, attempt: kind });

      expect(outcome).toMatchObject({ kind: 'exited', code: 0 });
      expect(world.tasks()).toHaveLength(1);
    },
  );
});

function forgetTasks(): void {
  world.aws.aws.truth.tasks.splice(0, world.aws.aws.truth.tasks.length);
}

/** Whatever comes of it. */
function unheard(outcome: Promise<unknown>): void {
  outcome.catch(() => undefined);
}

/** Never heard of again once a task of a command is begun. */
function dying(): AwsClients {
  const clients = createAwsClients();
  clients.in('us-east-1').act.ecs.middlewareStack.add(
    (next, { commandName }) =>
      async (request) => {
        const answer = await next(request);
        const isProof = 'startedBy' in request.input && request.input.startedBy?.startsWith('forge-proof');
        return commandName === 'RunTaskCommand' && isProof !== true
          ? await new Promise(() => undefined)
          : answer;
      },
    { step: 'initialize' },
  );
  return clients;
}

function listingNothing(): AwsClients {
  const clients = createAwsClients();
  clients.in('us-east-1').act.ecs.middlewareStack.add(
    (next) => async (request) => {
      const answer = await next(request);
      if ('taskArns' in answer.output) answer.output.taskArns = [];
      return answer;
    },
    { step: 'initialize' },
  );
  return clients;
}
