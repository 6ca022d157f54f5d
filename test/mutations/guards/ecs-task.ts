// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the source
import { type Guard, guardsOf } from '../guard.ts';

const run = ['test/runner/ecs-task/run.test.ts'];
const again = ['test/runner/ecs-task/again.test.ts'];
const proof = ['test/runner/ecs-task/proof.test.ts'];
const ending = ['test/runner/ecs-task/task-ending.test.ts'];
const request = ['test/runner/ecs-task/task-request.test.ts'];
const late = ['test/runner/ecs-task/late.test.ts'];

/** That a command runs in a task of ECS with nothing to take there, once, and has passed only where AWS says so plainly. */
export const ecsTask: readonly Guard[] = [
  ...guardsOf({ file: 'src/runner/ecs-task/definition.ts', tests: proof }, [
    {
      name: 'no command runs in a task with a role',
      text: '...(isGiven(taskRoleArn)\n',
      without: "...(taskRoleArn === ''\n",
    },
    {
      name: 'no command runs on a machine that tasks share',
      text: "given.requiresCompatibilities?.includes('FARGATE') === true",
      without: 'given.requiresCompatibilities !== undefined',
    },
    {
      name: 'no command sees the processes of the container that had the token',
      text: '...(isGiven(pidMode) || isGiven(ipcMode)',
      without: '...(isGiven(ipcMode)',
    },
    {
      name: 'no volume of a task outlives it',
      text: '    ...(isOfHost ?',
      without: '    ...(isOfHost && volumes.length === 0 ?',
    },
    {
      name: 'no container is beside the two',
      text: '...(containerDefinitions.length === 2\n',
      without: '...(containerDefinitions.length >= 2\n',
    },
    {
      name: 'no command runs as root in its task',
      text: '...(/^[1-9]\\d*(?::[1-9]\\d*)?$/u.test(',
      without: '...(/^\\d*(?::\\d*)?$/u.test(',
    },
    {
      name: 'no container of a command is handed secrets',
      text: '...(secrets.length + environmentFiles.length > 0\n',
      without: '...(environmentFiles.length > 0\n',
    },
    {
      name: 'a command waits until its code was fetched',
      text: '...(waits === true ? [] :',
      without: '...(check.name === CHECK ? [] :',
    },
  ]),
  ...guardsOf({ file: 'src/runner/ecs-task/definition.ts', tests: request }, [
    {
      name: 'a task ends with its command, not with what fetches the code',
      text: '...(fetch.essential === false && check.essential !== false\n',
      without: '...(check.essential !== false\n',
    },
  ]),
  ...guardsOf({ file: 'src/runner/ecs-task/task-request.ts', tests: request }, [
    {
      name: 'nobody is let into a task',
      text: 'enableExecuteCommand: false,',
      without: 'enableExecuteCommand: true,',
    },
    {
      name: 'a task is on a machine of its own',
      text: "    launchType: 'FARGATE',\n",
      without: '',
    },
    {
      name: 'only the container that fetches is told the token',
      text: '        FORGE_COMMAND: command,\n',
      without: '        FORGE_COMMAND: command,\n        ...gitSettings(access),\n',
    },
  ]),
  ...guardsOf({ file: 'src/runner/ecs-task/task-request.ts', tests: again }, [
    {
      name: 'the same attempt asks AWS by the same token',
      text: 'clientToken: `${name}-${round}`,',
      without: "clientToken: randomBytes(16).toString('hex'),",
    },
    {
      name: 'another attempt is another task',
      text: 'JSON.stringify([attempt, repository,',
      without: 'JSON.stringify([repository,',
    },
  ]),
  ...guardsOf({ file: 'src/runner/ecs-task/task-request.ts', tests: proof }, [
    {
      name: 'what runs is the revision that was proven',
      text: 'taskDefinition: definition.arn,',
      without: 'taskDefinition: task.definition,',
    },
    {
      name: 'the code of a branch does not find the token it was fetched with',
      text: '        FORGE_END: endOf(name),\n',
      without: '        FORGE_END: endOf(name),\n        ...gitSettings(access),\n',
    },
  ]),
  ...guardsOf({ file: 'src/runner/ecs-task/scripts.ts', tests: run }, [
    {
      name: 'a command finds nothing of what its task was told',
      text: '  env -i PATH="$PATH"',
      without: '  env PATH="$PATH"',
    },
    {
      name: 'a flood of output stays in the task',
      text: 'tail -c "$FORGE_LIMIT" "$printed"',
      without: 'tail -c 100000 "$printed"',
    },
  ]),
  ...guardsOf({ file: 'src/runner/ecs-task/run-in-task.ts', tests: run }, [
    {
      name: 'no task is given a token that opens more than one repository',
      text: 'if (isScoped === true) return { url, header };',
      without: 'if (isScoped !== false) return { url, header };',
    },
    {
      name: 'a task ends that nobody wants any more',
      text: '    await endAll(name, begun, tools);\n    if (signal.aborted)',
      without: '    if (signal.aborted)',
    },
  ]),
  ...guardsOf({ file: 'src/runner/ecs-task/run-in-task.ts', tests: late }, [
    {
      name: 'a task ends whose time is over',
      text: "    await endAll(name, begun, tools);\n    if (followed.kind === 'lost')",
      without: "    if (followed.kind === 'lost')",
    },
  ]),
  ...guardsOf({ file: 'src/runner/ecs-task/follow-task.ts', tests: late }, [
    {
      name: 'nobody waits for ever for a task',
      text: "return { kind: 'late', hasBegun };",
      without: 'hasBegun = true;',
    },
  ]),
  ...guardsOf({ file: 'src/runner/ecs-task/start-task.ts', tests: again }, [
    {
      name: 'AWS is asked for a task before one is started',
      text: "  if (mine !== undefined) return { kind: 'started', arn: mine };\n",
      without: '',
    },
    {
      name: 'a task that Forge has ended says nothing about the command',
      text: 'if (started.isNew || !(await isOver(started.arn, tools)))',
      without: "if (started.isNew || started.arn !== '')",
    },
  ]),
  ...guardsOf({ file: 'src/runner/ecs-task/create-ecs-task-runner.ts', tests: proof }, [
    {
      name: 'no command runs in a task that was proven to have holes',
      text: "return { kind: 'unfit', problems: proof.sentences, isFinal: true };",
      without: 'return looked;',
    },
    {
      name: 'no command runs in a task of which nothing is proven',
      text: "return { kind: 'unfit', problems: [problem], isFinal: false };",
      without: 'return looked;',
    },
  ]),
  ...guardsOf({ file: 'src/runner/ecs-task/inside/probe.mjs', tests: proof }, [
    {
      name: 'the proof of a task tries to reach Forge',
      text: '((await reach(one)) ? [one] : [])',
      without: '((await reach(one)) ? [] : [])',
    },
    {
      name: 'the proof of a task looks for credentials',
      text: "  ...keys.map((name) => ({ kind: 'credentials', name })),\n",
      without: '',
    },
  ]),
  ...guardsOf({ file: 'src/runner/ecs-task/task-ending.ts', tests: ending }, [
    {
      name: 'a task that stopped in any other way than by its command tells nothing about it',
      text: "task.stopCode === 'EssentialContainerExited' && fetch",
      without: "task.stopCode !== 'UserInitiated' && fetch",
    },
    {
      name: 'nothing has passed whose code was not fetched',
      text: '&& fetch?.exitCode === 0;',
      without: '&& fetch !== undefined;',
    },
    {
      name: 'nothing has passed whose exit AWS does not tell',
      text: 'if (!isByItself || check?.exitCode === undefined)',
      without: 'if (!isByItself || check === undefined)',
    },
    {
      name: 'what ran out of memory has not passed',
      text: "  if (/OutOfMemory/iu.test(check?.reason ?? '')) return { kind: 'killed', signal: 'SIGKILL' };\n",
      without: '',
    },
  ]),
];
