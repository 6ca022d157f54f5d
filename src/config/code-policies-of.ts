import type {
  CheckTask,
  GithubPolicy,
  RunnerPolicy,
  TaskRunnerPolicy,
  TriggerPolicy,
} from '../domain/policy.ts';
import type { Github } from './github-setting.ts';
import type { Runner } from './runner-setting.ts';

const POLL_EVERY = 30_000;
const AT_ONCE = 2;
/** Where npm gets what a Node repository needs. */
const REACH = ['registry.npmjs.org'];

/** How Forge works with GitHub, as the file means it. */
export function githubOf(written: Github): GithubPolicy {
  const { then, ...ship } = written.ship;
  const triggers = triggersOf(written);
  const people = Object.entries(written.people).map(([login, id]) => [login.toLowerCase(), id]);
  return {
    ...(triggers !== undefined && { triggers }),
    people: Object.fromEntries(people),
    ship: { ...ship, ...(then !== undefined && { then }) },
  };
}

function triggersOf({ triggers, 'poll every': pollEvery = POLL_EVERY }: Github): GithubPolicy['triggers'] {
  if (triggers === undefined) return undefined;
  return triggers === 'webhook' ? { kind: 'webhook' } : { kind: 'polling', pollEvery };
}

/** Where commands of checks run, as the file means it. */
export function runnerOf(written: Runner): RunnerPolicy | TaskRunnerPolicy {
  const { isolation, user, network, reach = REACH, folder, task, 'at once': atOnce } = written;
  if (isolation === 'ecs-task') {
    if (task === undefined) throw new Error('A runner in tasks of ECS without a task is refused before');
    return { isolation, network: 'open', atOnce: atOnce ?? AT_ONCE, task: checkTaskOf(task) };
  }
  return {
    ...{ isolation, network },
    // Processes of one user can see each other: another command is begun only when the one before is gone.
    atOnce: atOnce ?? (isolation === 'user' ? 1 : AT_ONCE),
    ...(isolation === 'bubblewrap' && { reach }),
    ...(user !== undefined && { user }),
    ...(folder !== undefined && { folder }),
  };
}

function checkTaskOf(written: NonNullable<Runner['task']>): CheckTask {
  const { 'security groups': securityGroups, 'public address': publicAddress, ...rest } = written;
  return { ...rest, securityGroups, publicAddress };
}

/** What is deployed to an environment without a person. Undefined: nothing. */
export function deployedByItself(deploys: {
  'on push'?: string | undefined;
  'on tag'?: string | undefined;
}): TriggerPolicy | undefined {
  const { 'on push': push, 'on tag': tag } = deploys;
  if (push === undefined && tag === undefined) return undefined;
  return { ...(push !== undefined && { push }), ...(tag !== undefined && { tag }) };
}
