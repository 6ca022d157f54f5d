import { networkInterfaces } from 'node:os';
import { DescribeTaskDefinitionCommand } from '@aws-sdk/client-ecs';
import { callAws } from '../../aws/call.ts';
import type { AwsClients } from '../../aws/clients.ts';
import { messageOf } from '../../domain/errors.ts';
import type { TaskRunnerPolicy } from '../../domain/policy.ts';
import type { Clock } from '../../ports/clock.ts';
import type { CodeHost } from '../../ports/code-host.ts';
import type { CommandOutcome, CommandRequest } from '../../ports/command-runner.ts';
import type { Log } from '../../ports/log.ts';
import { PlatformRefused, PlatformUnavailable } from '../../ports/platform.ts';
import type { IsolatedRunner } from '../create-command-runner.ts';
import { createTurns } from '../turns.ts';
import { requireWellFormed } from '../well-formed.ts';
import { type CheckDefinition, readDefinition } from './definition.ts';
import { proveTask } from './prove-task.ts';
import { runInTask } from './run-in-task.ts';

export type TaskRunnerParts = {
  policy: TaskRunnerPolicy;
  codeHost: Pick<CodeHost, 'gitAccess'>;
  clients: AwsClients;
  clock: Clock;
  log: Log;
  /** Addresses at which commands must not reach Forge. Default: those of this machine. */
  forge?: readonly string[];
  /** Between two looks at a task. Milliseconds. */
  pollMs?: number;
};

const POLL_MS = 3_000;

/** Which task definition is fit, or why none is. `isFinal`: only a person can mend it. */
type Fit =
  | { kind: 'fit'; definition: CheckDefinition }
  | { kind: 'unfit'; problems: string[]; isFinal: boolean };

/**
 * Runs each command in a task of ECS of its own, on Fargate and without a role. `prove` looks at the task definition alone, so that
 * a start of Forge waits for no task; a probe in a task comes before the first command, and nothing is run before it is proven.
 */
export function createEcsTaskRunner(parts: TaskRunnerParts): IsolatedRunner {
  const { policy, clients, clock, log, codeHost, pollMs = POLL_MS } = parts;
  const { task } = policy;
  const stopping = new AbortController();
  const turns = createTurns(policy.atOnce);
  const under = new Set<Promise<unknown>>();
  let proving: Promise<Fit> | undefined;

  /** What nobody can tell yet is asked again by the next command. */
  function proven(): Promise<Fit> {
    proving ??= listed(prove()).then(
      (fit) => {
        if (fit.kind === 'unfit' && !fit.isFinal) proving = undefined;
        return fit;
      },
      (error: unknown) => {
        proving = undefined;
        throw error;
      },
    );
    return proving;
  }

  async function prove(): Promise<Fit> {
    const looked = await look(parts, stopping.signal);
    if (looked.kind === 'unfit') return looked;
    const { definition } = looked;
    const { signal } = stopping;
    const forge = parts.forge ?? ownAddresses();
    const proof = await proveTask({ task, clients, clock, log, pollMs, signal, definition, forge });
    switch (proof.kind) {
      case 'proven':
        log.info('commands of checks are proven to be kept apart in their task', {
          definition: definition.arn,
        });
        return looked;
      case 'holes':
        for (const one of proof.sentences) log.error(one);
        return { kind: 'unfit', problems: proof.sentences, isFinal: true };
      case 'untold': {
        const problem = `It is not proven yet that commands are kept apart in their task: ${proof.reason}`;
        log.warn(problem);
        return { kind: 'unfit', problems: [problem], isFinal: false };
      }
    }
  }

  async function run(request: CommandRequest, signal: AbortSignal): Promise<CommandOutcome> {
    const turn = await turns.take(signal);
    try {
      const fit = await unlessAborted(proven(), signal);
      if (fit.kind === 'unfit') return { kind: 'unavailable', reason: fit.problems.join(' ') };
      const { definition } = fit;
      return await runInTask(request, { task, clients, clock, log, codeHost, pollMs, signal, definition });
    } finally {
      turn.release();
    }
  }

  async function listed<Value>(promise: Promise<Value>): Promise<Value> {
    under.add(promise);
    try {
      return await promise;
    } finally {
      under.delete(promise);
    }
  }

  return {
    async run(request, { signal }) {
      requireWellFormed(request);
      return await listed(run(request, AbortSignal.any([signal, stopping.signal])));
    },
    async prove() {
      const looked = await listed(look(parts, stopping.signal));
      if (looked.kind === 'unfit' && looked.isFinal) return looked.problems;
      // Ready when the first command comes, or a reason is known by then.
      proven().catch((error: unknown) => {
        if (!stopping.signal.aborted)
          log.warn('the task of checks could not be tried', { error: messageOf(error) });
      });
      return [];
    },
    async stop() {
      stopping.abort(new Error('The runner of checks has stopped.'));
      await Promise.allSettled(under);
    },
  };
}

async function look({ policy: { task }, clients }: TaskRunnerParts, signal: AbortSignal): Promise<Fit> {
  const command = new DescribeTaskDefinitionCommand({ taskDefinition: task.definition });
  try {
    const { taskDefinition } = await callAws(
      `read the task definition ${task.definition}`,
      signal,
      (options) => clients.in(task.region).ask.ecs.send(command, options),
    );
    const read = readDefinition(taskDefinition ?? {});
    if ('problems' in read) return { kind: 'unfit', problems: read.problems, isFinal: true };
    return { kind: 'fit', definition: read };
  } catch (error) {
    if (!(error instanceof PlatformRefused) && !(error instanceof PlatformUnavailable)) throw error;
    return { kind: 'unfit', problems: [error.message], isFinal: error instanceof PlatformRefused };
  }
}

function ownAddresses(): string[] {
  const all = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  return all.filter(({ internal, family }) => !internal && family === 'IPv4').map(({ address }) => address);
}

/** Others may wait for the same. */
function unlessAborted<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  signal.throwIfAborted();
  const over = new AbortController();
  const abort = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true, signal: over.signal });
  });
  return Promise.race([promise, abort]).finally(() => over.abort());
}
