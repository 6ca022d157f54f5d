import { createHash, randomBytes } from 'node:crypto';
import type { RunTaskCommandInput } from '@aws-sdk/client-ecs';
import type { CheckTask } from '../../domain/policy.ts';
import type { CommandRequest } from '../../ports/command-runner.ts';
import type { CheckDefinition } from './definition.ts';
import { CHECK, CHECK_SCRIPT, FETCH, FETCH_SCRIPT } from './scripts.ts';

/** What a task is told: it is found again, and its output ends, by the name. */
export type TaskOrder = {
  /** The same for the same attempt at the same request. At most 64 letters, digits and dashes. */
  name: string;
  /** What the overrides say of each container. */
  fetch: { script: string; variables: Readonly<Record<string, string>> };
  check: { script: string; variables: Readonly<Record<string, string>> };
};

export type GitAccess = { url: string; header?: { name: string; value: string } };

/** Characters of all overrides together that AWS takes (TaskOverride). */
const MOST_OVERRIDES = 8192;

/** Of an attempt, or of nobody else's where there is none. */
export function nameOf(request: CommandRequest): string {
  const { attempt = randomBytes(16).toString('hex'), repository, commit, install, command } = request;
  const of = JSON.stringify([attempt, repository, commit, install?.command ?? null, command]);
  return `forge-${createHash('sha256').update(of).digest('hex').slice(0, 40)}`;
}

/** What a task has to do for a request. */
export function orderOf(
  request: CommandRequest,
  { access, name, root }: { access: GitAccess; name: string; root: string },
): TaskOrder {
  const { commit, install, command, within, outputLimit } = request;
  return {
    name,
    fetch: {
      script: FETCH_SCRIPT,
      variables: { FORGE_ROOT: root, FORGE_URL: access.url, FORGE_COMMIT: commit, ...gitSettings(access) },
    },
    check: {
      script: CHECK_SCRIPT,
      variables: {
        FORGE_ROOT: root,
        FORGE_INSTALL: install?.command ?? '',
        FORGE_INSTALL_SECONDS: seconds(install?.within ?? 0),
        FORGE_COMMAND: command,
        FORGE_SECONDS: seconds(within),
        FORGE_LIMIT: `${outputLimit}`,
        FORGE_END: endOf(name),
      },
    },
  };
}

/** The words after which nothing more is printed. */
export function endOf(name: string): string {
  return `end of ${name}`;
}

/** What AWS is asked. `round`: another one starts another task. Undefined: it is more than AWS takes. */
export function runTaskInput(
  { name, fetch, check }: TaskOrder,
  { task, definition, round }: { task: CheckTask; definition: CheckDefinition; round: number },
): (RunTaskCommandInput & { cluster: string }) | undefined {
  const overrides = { containerOverrides: [overrideOf(FETCH, fetch), overrideOf(CHECK, check)] };
  if (JSON.stringify(overrides).length > MOST_OVERRIDES) return undefined;
  return {
    cluster: task.cluster,
    taskDefinition: definition.arn,
    // Each task on a machine of its own: no other launch type is asked for.
    launchType: 'FARGATE',
    count: 1,
    clientToken: `${name}-${round}`,
    startedBy: name,
    enableExecuteCommand: false,
    networkConfiguration: {
      awsvpcConfiguration: {
        subnets: task.subnets,
        securityGroups: task.securityGroups,
        assignPublicIp: task.publicAddress ? 'ENABLED' : 'DISABLED',
      },
    },
    overrides,
  };
}

function overrideOf(name: string, { script, variables }: TaskOrder['fetch']) {
  const environment = Object.entries(variables).map(([key, value]) => ({ name: key, value }));
  return { name, command: [script], environment };
}

/** Settings for the container that fetches alone. Source: git-config(1), GIT_CONFIG_COUNT. */
function gitSettings({ url, header }: GitAccess): Record<string, string> {
  const { protocol } = new URL(url);
  const settings: Record<string, string> = {
    'protocol.allow': 'never',
    [`protocol.${protocol.replace(':', '')}.allow`]: 'always',
    // A header with a secret would go along.
    'http.followRedirects': 'false',
    'credential.helper': '',
    'core.hooksPath': '/dev/null',
    'core.fsmonitor': 'false',
    'advice.detachedHead': 'false',
    ...(header === undefined ? {} : { [`http.${url}.extraHeader`]: `${header.name}: ${header.value}` }),
  };
  const pairs = Object.entries(settings).flatMap(([key, value], index) => [
    [`GIT_CONFIG_KEY_${index}`, key],
    [`GIT_CONFIG_VALUE_${index}`, value],
  ]);
  return {
    ...Object.fromEntries(pairs),
    GIT_CONFIG_COUNT: `${pairs.length / 2}`,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_TERMINAL_PROMPT: '0',
    LC_ALL: 'C',
  };
}

function seconds(milliseconds: number): string {
  return `${Math.max(1, Math.ceil(milliseconds / 1000))}`;
}
