import { ConflictException, RunTaskCommand, type RunTaskCommandInput, type Task } from '@aws-sdk/client-ecs';
import { attemptBy, changeAws } from '../../aws/call.ts';
import type { CheckTask } from '../../domain/policy.ts';
import type { Clock } from '../../ports/clock.ts';
import type { CheckDefinition } from './definition.ts';
import { described, isEndedByForge, type Place, SHOWN_WITHIN, tasksNamed } from './known-tasks.ts';
import { runTaskInput, type TaskOrder } from './task-request.ts';

/** Tasks of one attempt that Forge may have ended itself, such as at each of its own restarts. */
const MOST_ROUNDS = 20;

export type Started = { kind: 'started'; arn: string } | { kind: 'refused'; reason: string };

type Tools = Place & { clock: Clock; pollMs: number; signal: AbortSignal };
type Wanted = {
  task: CheckTask;
  definition: CheckDefinition;
  name: string;
  order: () => Promise<TaskOrder | string>;
};

/**
 * Starts a task, or finds the one that an earlier life of Forge started under the same name. Idempotent by that name: AWS is asked
 * what it knows first, and the client token keeps two from beginning where it does not show yet what was begun. `order` is
 * only made where a task is started; a text is the reason why it cannot be. Throws `PlatformUnavailable` and `PlatformRefused`.
 */
export async function startTask(wanted: Wanted, tools: Tools): Promise<Started> {
  const known = await tasksNamed(wanted.name, tools, tools.signal);
  const mine = known.find((one) => !isEndedByForge(one))?.taskArn;
  if (mine !== undefined) return { kind: 'started', arn: mine };
  const order = await wanted.order();
  if (typeof order === 'string') return { kind: 'refused', reason: order };
  for (let round = known.length; round < known.length + MOST_ROUNDS; round++) {
    const input = runTaskInput(order, { ...wanted, round });
    if (input === undefined)
      return {
        kind: 'refused',
        reason: 'AWS takes no command of that length: put it into a script of the repository.',
      };
    const started = await runTask(input, tools);
    if (started.kind === 'refused') return started;
    if (started.isNew || !(await isOver(started.arn, tools))) return { kind: 'started', arn: started.arn };
  }
  return { kind: 'refused', reason: 'AWS gives one ended task after the other. Try it again.' };
}

/** What was begun under the same token: Forge has ended it, or AWS has forgotten it, as far as AWS shows it yet. */
async function isOver(arn: string, tools: Tools): Promise<boolean> {
  const { clock, pollMs, signal } = tools;
  for (const until = clock.now() + SHOWN_WITHIN; ; await clock.sleep(pollMs, signal)) {
    const [task] = await described([arn], tools, signal);
    if (task !== undefined) return isEndedByForge(task);
    if (clock.now() >= until) return true;
  }
}

type Answered = { kind: 'begun'; arn: string; isNew: boolean } | { kind: 'refused'; reason: string };

async function runTask(input: RunTaskCommandInput, { task, clients, signal }: Tools): Promise<Answered> {
  const command = new RunTaskCommand(input);
  try {
    // The SDK sends the same token each time: what it repeats starts nothing more.
    const { tasks, failures } = await changeAws('start the task of a check', { signal }, (attempt) => {
      attemptBy(attempt, command);
      return clients.in(task.region).act.ecs.send(command);
    });
    const [begun] = tasks ?? [];
    if (begun?.taskArn !== undefined) return { kind: 'begun', arn: begun.taskArn, isNew: isFresh(begun) };
    const [failure] = failures ?? [];
    return { kind: 'refused', reason: whyNot(failure?.reason ?? 'it does not say why') };
  } catch (error) {
    const [arn] = conflictsWith(error);
    if (arn !== undefined) return { kind: 'begun', arn, isNew: false };
    if (error instanceof Error && /capacity is unavailable/iu.test(error.message))
      return { kind: 'refused', reason: whyNot('Capacity is unavailable at this time.') };
    throw error;
  }
}

function isFresh({ lastStatus, desiredStatus }: Task): boolean {
  return lastStatus !== 'STOPPED' && desiredStatus !== 'STOPPED';
}

/** The token was used before, for another order: with another token of GitHub. */
function conflictsWith(error: unknown): readonly string[] {
  if (!(error instanceof Error)) return [];
  return error.cause instanceof ConflictException ? (error.cause.resourceIds ?? []) : [];
}

function whyNot(said: string): string {
  if (/capacity|RESOURCE:/iu.test(said))
    return `AWS has no room for its task at this time. Try it again later, or name subnets in more zones. AWS says: ${said}`;
  return `AWS did not start its task: ${said}`;
}
