import type { ContainerDefinition, TaskDefinition } from '@aws-sdk/client-ecs';
import { CHECK, FETCH } from './scripts.ts';

/** What is used of a task definition that is fit for commands of checks. */
export type CheckDefinition = {
  /** With its revision: what was looked at is what runs. */
  arn: string;
  /** The folder that both containers share. */
  root: string;
  log: { group: string; region: string; prefix: string };
};

/** Everything about a task definition that would let the code of a branch at what is not its own, or keep commands from running. */
export function readDefinition(given: TaskDefinition): CheckDefinition | { problems: string[] } {
  const containers = given.containerDefinitions ?? [];
  const fetch = containers.find(({ name }) => name === FETCH);
  const check = containers.find(({ name }) => name === CHECK);
  const name = `The task definition ${given.family}:${given.revision}`;
  if (given.taskDefinitionArn === undefined || fetch === undefined || check === undefined) {
    return {
      problems: [
        `${name} has no containers “${FETCH}” and “${CHECK}”: make it from templates/aws/check-runner.`,
      ],
    };
  }
  const root = sharedFolder(fetch, check);
  const log = logOf(check);
  const problems = [
    ...problemsOfTask(given),
    ...[fetch, check].flatMap(problemsOfContainer),
    ...problemsOfOrder(fetch, check),
    ...(root === undefined ? [`does not mount one volume in the same folder of both containers`] : []),
    ...(log === undefined ? ['has no log driver awslogs with a group, a region and a stream prefix'] : []),
  ];
  if (problems.length > 0 || root === undefined || log === undefined) {
    return { problems: problems.map((problem) => `${name} ${problem}.`) };
  }
  return { arn: given.taskDefinitionArn, root, log };
}

function problemsOfTask(given: TaskDefinition): string[] {
  const { taskRoleArn, networkMode, pidMode, ipcMode, volumes = [], containerDefinitions = [] } = given;
  const isOfHost = volumes.some(({ name: _, ...source }) => {
    const { host, ...others } = source;
    return host?.sourcePath !== undefined || Object.values(others).some((value) => value !== undefined);
  });
  return [
    ...(isGiven(taskRoleArn)
      ? ['gives its task a role, which the code of a branch could use: take taskRoleArn out of it']
      : []),
    ...(networkMode === 'awsvpc' && given.requiresCompatibilities?.includes('FARGATE') === true
      ? []
      : ['is not for Fargate: where tasks share a machine, they may reach its role']),
    ...(isGiven(pidMode) || isGiven(ipcMode)
      ? ['lets its containers see each other’s processes: take pidMode and ipcMode out of it']
      : []),
    ...(isOfHost ? ['mounts a volume that outlives its task: use one without a source'] : []),
    ...(containerDefinitions.length === 2
      ? []
      : [`has containers besides “${FETCH}” and “${CHECK}”: take them out`]),
  ];
}

function problemsOfContainer(container: ContainerDefinition): string[] {
  const {
    name,
    privileged,
    user,
    secrets = [],
    environmentFiles = [],
    entryPoint,
    linuxParameters,
  } = container;
  const of = `in its container “${name}”`;
  const added = [...(linuxParameters?.capabilities?.add ?? []), ...(linuxParameters?.devices ?? [])];
  return [
    ...(privileged === true || added.length > 0
      ? [`gives more rights than usual ${of}: take privileged, capabilities and devices out`]
      : []),
    ...(/^[1-9]\d*(?::[1-9]\d*)?$/u.test(user ?? '')
      ? []
      : [`runs as root or as nobody known ${of}: write "user": "1000:1000"`]),
    ...(secrets.length + environmentFiles.length > 0
      ? [`hands out secrets ${of}: take secrets and environmentFiles out`]
      : []),
    ...((container.volumesFrom ?? []).length > 0
      ? [`uses volumes of other containers ${of}: take volumesFrom out`]
      : []),
    ...(entryPoint?.join(' ') === '/bin/sh -c'
      ? []
      : [`has another entry point than ["/bin/sh", "-c"] ${of}`]),
  ];
}

function problemsOfOrder(fetch: ContainerDefinition, check: ContainerDefinition): string[] {
  const waits = check.dependsOn?.some(
    ({ containerName, condition }) => containerName === FETCH && condition === 'SUCCESS',
  );
  return [
    ...(waits === true ? [] : [`does not let “${CHECK}” depend on the SUCCESS of “${FETCH}”`]),
    ...(fetch.user === check.user ? [] : ['runs its two containers as different users']),
    ...(fetch.essential === false && check.essential !== false
      ? []
      : [`must have “${CHECK}” essential and “${FETCH}” not`]),
  ];
}

function sharedFolder(fetch: ContainerDefinition, check: ContainerDefinition): string | undefined {
  const [own, ...more] = check.mountPoints ?? [];
  const [other, ...others] = fetch.mountPoints ?? [];
  if (own?.containerPath === undefined || more.length + others.length > 0) return undefined;
  const isSame = own.sourceVolume === other?.sourceVolume && own.containerPath === other?.containerPath;
  const isWritable = own.readOnly !== true && other?.readOnly !== true;
  return isSame && isWritable && /^(?:\/[\w.-]+)+$/u.test(own.containerPath) ? own.containerPath : undefined;
}

function logOf({ logConfiguration }: ContainerDefinition): CheckDefinition['log'] | undefined {
  const { logDriver, options = {} } = logConfiguration ?? {};
  const { 'awslogs-group': group, 'awslogs-region': region, 'awslogs-stream-prefix': prefix } = options;
  if (logDriver !== 'awslogs' || group === undefined || region === undefined || prefix === undefined)
    return undefined;
  return { group, region, prefix };
}

function isGiven(text: string | undefined): boolean {
  return text !== undefined && text !== '';
}
