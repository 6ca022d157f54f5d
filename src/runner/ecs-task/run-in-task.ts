import type { Task } from '@aws-sdk/client-ecs';
import type { AwsClients } from '../../aws/clients.ts';
import { messageOf } from '../../domain/errors.ts';
import type { CheckTask } from '../../domain/policy.ts';
import type { Clock } from '../../ports/clock.ts';
import { type CodeHost, CodeHostRefused, CodeHostUnavailable } from '../../ports/code-host.ts';
import type { CommandOutcome, CommandRequest } from '../../ports/command-runner.ts';
import type { Log } from '../../ports/log.ts';
import { PlatformRefused, PlatformUnavailable } from '../../ports/platform.ts';
import type { CheckDefinition } from './definition.ts';
import { followTask } from './follow-task.ts';
import { endTask, tasksNamed } from './known-tasks.ts';
import { CHECK, FETCH } from './scripts.ts';
import { startTask } from './start-task.ts';
import { endingOf } from './task-ending.ts';
import { logOf } from './task-log.ts';
import { endOf, type GitAccess, nameOf, orderOf, type TaskOrder } from './task-request.ts';

export type TaskTools = {
  task: CheckTask;
  clients: AwsClients;
  clock: Clock;
  log: Log;
  /** Between two looks. Milliseconds. */
  pollMs: number;
  signal: AbortSignal;
};
type CheckTools = TaskTools & { definition: CheckDefinition; codeHost: Pick<CodeHost, 'gitAccess'> };

/** To tell AWS to end what is not wanted any more. Milliseconds. */
const ENDED_WITHIN = 20_000;
/** Of what git says. Bytes. */
const GIT_SAYS = 2_000;

/** Runs one command in a task of its own. Rejects with the signal's reason once AWS was told to end the task. */
export async function runInTask(request: CommandRequest, tools: CheckTools): Promise<CommandOutcome> {
  const name = nameOf(request);
  const { definition } = tools;
  const order = () => orderFor(request, name, tools);
  const within = request.within + (request.install?.within ?? 0);
  const limit = request.outputLimit;
  return await inTask({ name, order, within, definition }, tools, (arn, task) =>
    outcomeOf(arn, task, { request, limit, name }, tools),
  );
}

type Wanted = {
  name: string;
  order: () => Promise<TaskOrder | string>;
  within: number;
  definition: CheckDefinition;
};

/** Starts a task, follows it and reads it, or says why that could not be. */
export async function inTask<Read>(
  { name, order, within, definition }: Wanted,
  tools: TaskTools,
  read: (arn: string, task: Task) => Promise<Read>,
): Promise<Read | Extract<CommandOutcome, { kind: 'unavailable' | 'timed-out' }>> {
  const { signal, task } = tools;
  let begun: string | undefined;
  try {
    const started = await startTask({ task, definition, name, order }, tools);
    if (started.kind === 'refused') return { kind: 'unavailable', reason: started.reason };
    begun = started.arn;
    const followed = await followTask({ arn: started.arn, within }, tools, tools);
    if (followed.kind === 'stopped') return await read(started.arn, followed.task);
    await endAll(name, begun, tools);
    if (followed.kind === 'lost') return { kind: 'unavailable', reason: followed.reason };
    if (followed.hasBegun) return { kind: 'timed-out', output: { text: '', isCut: false }, tookMs: within };
    return { kind: 'unavailable', reason: 'AWS did not begin its task in time. Try it again.' };
  } catch (error) {
    await endAll(name, begun, tools);
    if (signal.aborted) throw signal.reason;
    if (!(error instanceof PlatformRefused) && !(error instanceof PlatformUnavailable)) throw error;
    return { kind: 'unavailable', reason: error.message };
  }
}

/** What cannot be ended ends by itself: its commands have limits of time in there. */
async function endAll(name: string, begun: string | undefined, tools: TaskTools): Promise<void> {
  const signal = AbortSignal.timeout(ENDED_WITHIN);
  try {
    // By its own name first: the list may not show it yet.
    if (begun !== undefined) await endTask(begun, tools, signal);
    for (const { taskArn, lastStatus } of await tasksNamed(name, tools, signal))
      if (taskArn !== undefined && taskArn !== begun && lastStatus !== 'STOPPED')
        await endTask(taskArn, tools, signal);
  } catch (error) {
    tools.log.warn('the task of a check could not be ended: it ends when its time is over', {
      error: messageOf(error),
    });
  }
}

async function orderFor(
  request: CommandRequest,
  name: string,
  { codeHost, definition, signal }: CheckTools,
): Promise<TaskOrder | string> {
  const access = await accessTo(request.repository, { codeHost, signal });
  return typeof access === 'string' ? access : orderOf(request, { access, name, root: definition.root });
}

/** What of GitHub goes into a task is worth no more than the code that runs there: reading that one repository. */
async function accessTo(
  repository: string,
  { codeHost, signal }: Pick<CheckTools, 'codeHost' | 'signal'>,
): Promise<GitAccess | string> {
  try {
    const { url, header, isScoped } = await codeHost.gitAccess(repository, { signal });
    if (header === undefined) return { url };
    if (isScoped === true) return { url, header };
    return `Forge signs in at GitHub with a token that opens more than ${repository}, which no task is given. Let it sign in as a GitHub App.`;
  } catch (error) {
    if (!(error instanceof CodeHostUnavailable) && !(error instanceof CodeHostRefused)) throw error;
    return messageOf(error);
  }
}

type About = { request: CommandRequest; limit: number; name: string };

async function outcomeOf(
  arn: string,
  task: Task,
  { request, limit, name }: About,
  tools: CheckTools,
): Promise<CommandOutcome> {
  const ending = endingOf(task);
  const { definition } = tools;
  const output = () => logOf({ arn, container: CHECK, definition, end: endOf(name), limit }, tools);
  switch (ending.kind) {
    case 'exited':
      return { kind: 'exited', code: ending.code, output: await output(), tookMs: tookMs(task) };
    case 'killed':
      return { kind: 'killed', signal: ending.signal, output: await output(), tookMs: tookMs(task) };
    case 'timed-out':
      return { kind: 'timed-out', output: await output(), tookMs: tookMs(task) };
    case 'install-failed': {
      const minutes = Math.round((request.install?.within ?? 0) / 60_000);
      const how = ending.isLate ? `took longer than ${minutes} minutes` : 'failed';
      return {
        kind: 'install-failed',
        reason: `Installing the dependencies ${how}.`,
        output: await output(),
      };
    }
    case 'not-fetched': {
      const said = await logOf({ arn, container: FETCH, definition, limit: GIT_SAYS }, tools);
      const why = ending.isLate ? 'it took too long.' : said.text.trim().split('\n').slice(-3).join(' ');
      return { kind: 'unavailable', reason: `The code could not be fetched in its task: ${why}` };
    }
    case 'unavailable':
      return ending;
  }
}

/** With the installation: AWS tells no times of single containers. */
function tookMs({ startedAt, createdAt, executionStoppedAt, stoppedAt }: Task): number {
  return Math.max(0, Number(executionStoppedAt ?? stoppedAt ?? 0) - Number(startedAt ?? createdAt ?? 0));
}
