import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { CommandOutcome } from '../../../src/ports/command-runner.ts';
import { eventually } from '../../eventually.ts';
import { BUBBLEWRAP, cannot, named } from '../workbench.ts';
import { type Changes, createTaskWorld, POLICY, printed, type TaskWorld } from './task-world.ts';

let world: TaskWorld;
let commit: string;

beforeAll(async () => {
  world = await createTaskWorld();
  commit = await world.commit({ 'attack.mjs': ATTACK });
});
afterEach(() => world.register(() => undefined));
afterAll(() => world.end());

/** What somebody with a branch might put into its tests. */
const ATTACK = `
import { readdirSync, readFileSync } from 'node:fs';
import { execSync } from 'node:child_process';
for (const pid of readdirSync('/proc').filter((name) => /^[0-9]+$/.test(name))) {
  try { console.log('environ', pid, readFileSync('/proc/' + pid + '/environ', 'latin1').replaceAll('\\0', '\\n')); } catch {}
  try { console.log('cmdline', pid, readFileSync('/proc/' + pid + '/cmdline', 'latin1').replaceAll('\\0', '\\n')); } catch {}
}
console.log(execSync('grep -rsa -i "authorization\\\\|x-access-token\\\\|ghs_" /checks /tmp /home /root 2>&1; git config --list --show-origin; true').toString());
console.log('the end of the attack');
process.exit(1);
`;

describe.skipIf(cannot(BUBBLEWRAP) !== undefined)(named('the code of a branch', BUBBLEWRAP), () => {
  it('finds neither the token it was fetched with nor anything of AWS, while it installs and as a command', async () => {
    const { run } = world.newRunner();

    const outcome = await run({ commit, command: 'node attack.mjs', outputLimit: 200_000 });
    const installing = await run({
      ...{ commit, outputLimit: 200_000 },
      install: { command: 'node attack.mjs', within: 60_000 },
    });

    for (const each of [outcome, installing]) {
      expect(printed(each)).toContain('the end of the attack');
      expect(printed(each)).toContain('AWS_EXECUTION_ENV=AWS_ECS_FARGATE');
      // The attack itself names what it looks for.
      expect(foundBeside(each)).not.toMatch(
        /authorization|x-access-token|ghs_|AWS_CONTAINER|GIT_CONFIG_VALUE/iu,
      );
    }
  });
});

describe.skipIf(cannot(BUBBLEWRAP) !== undefined)(named('the proof of a task', BUBBLEWRAP), () => {
  it('finds that commands could reach the machine that Forge runs on, and runs none', async () => {
    const policy = { ...POLICY, task: { ...POLICY.task, publicAddress: true } };
    const { run } = world.newRunner({ policy, forge: ['127.0.0.1'] });

    const outcome = await run({ commit });

    expect(outcome).toMatchObject({
      kind: 'unavailable',
      reason: expect.stringContaining(
        "Checks could reach the machine that Forge runs on, at 127.0.0.1. Give their task a security group of its own, which Forge's does not let in.",
      ),
    });
  });

  it('finds credentials in the environment of the task', async () => {
    await world.register(({ containerDefinitions: [, check] = [] }) => {
      Object.assign(check ?? {}, { environment: [{ name: 'AWS_ACCESS_KEY_ID', value: 'AKIA' }] });
    });

    const outcome = await world.newRunner().run({ commit });

    expect(outcome).toMatchObject({
      kind: 'unavailable',
      reason: expect.stringContaining(
        'Checks could use credentials of AWS that their task is given (AWS_ACCESS_KEY_ID).',
      ),
    });
  });

  it('says what the task needs where it cannot run at all', async () => {
    await world.register(({ containerDefinitions = [] }) => {
      for (const one of containerDefinitions)
        one.mountPoints = [{ sourceVolume: 'checks', containerPath: '/proc/none' }];
    });

    const outcome = await world.newRunner().run({ commit });

    expect(outcome).toMatchObject({
      kind: 'unavailable',
      reason: expect.stringContaining('Checks cannot run in the task: it needs Git and Node'),
    });
  });

  it('is repeated by the next command where AWS could not run it', async () => {
    const { run } = world.newRunner();
    world.aws.aws.change({ room: 'none' });
    const before = await run({ commit });
    world.aws.aws.change({ room: 'enough' });

    const after = await run({ commit });

    expect(before).toMatchObject({ reason: expect.stringContaining('It is not proven yet') });
    expect(after).toMatchObject({ kind: 'exited', code: 0 });
  });

  it('begins with the start, which does not wait for it', async () => {
    const runner = world.newRunner();

    expect(await runner.prove()).toEqual([]);

    await eventually(() => world.aws.aws.truth.tasks.find(({ lastStatus }) => lastStatus === 'RUNNING'));
    expect(await runner.run({ commit })).toMatchObject({ kind: 'exited', code: 0 });
  });

  it('holds for the revision that was looked at, whatever is registered later', async () => {
    const { run } = world.newRunner();
    await run({ commit });
    await world.register((definition) => {
      definition.taskRoleArn = 'arn:aws:iam::111111111111:role/powerful';
    });

    const outcome = await run({ commit, command: 'node attack.mjs' });

    expect(printed(outcome)).toContain('the end of the attack');
    expect(foundBeside(outcome)).not.toContain('AWS_CONTAINER');
  });
});

const ROLE = 'arn:aws:iam::111111111111:role/powerful';

describe('a task definition', () => {
  it('of the templates is fit', async () => {
    expect(await world.newRunner().prove()).toEqual([]);
  });

  it('that is not there keeps Forge from starting', async () => {
    const policy = { ...POLICY, task: { ...POLICY.task, definition: 'nobody' } };

    expect(await world.newRunner({ policy }).prove()).toEqual([
      expect.stringContaining('AWS refuses to read the task definition nobody'),
    ]);
  });

  it('that AWS does not tell about does not keep Forge from starting, and runs nothing', async () => {
    const policy = { ...POLICY, task: { ...POLICY.task, region: 'us-east-1' } };
    world.aws.faults.add({
      service: 'ecs',
      operation: 'DescribeTaskDefinition',
      kind: 'error',
      nth: 1,
      times: 50,
      ms: 0,
    });
    const runner = world.newRunner({ policy });

    const problems = await runner.prove();
    const outcome = await runner.run({ commit });
    world.aws.faults.set([]);

    expect(problems).toEqual([]);
    expect(outcome).toMatchObject({
      kind: 'unavailable',
      reason: expect.stringContaining('AWS has a fault'),
    });
  });

  it.each<[string, Changes, string]>([
    [
      'with a role',
      (definition) => Object.assign(definition, { taskRoleArn: ROLE }),
      'gives its task a role',
    ],
    [
      'for machines that tasks share',
      (definition) => Object.assign(definition, { requiresCompatibilities: ['EC2'] }),
      'is not for Fargate',
    ],
    [
      'with one space of processes',
      (definition) => Object.assign(definition, { pidMode: 'task' }),
      'see each other’s processes',
    ],
    [
      'with a folder of the machine',
      (definition) => Object.assign(definition, { volumes: [{ name: 'checks', host: { sourcePath: '/' } }] }),
      'mounts a volume that outlives its task',
    ],
    [
      'with a file system of others',
      (definition) =>
        Object.assign(definition, {
          volumes: [{ name: 'checks', efsVolumeConfiguration: { fileSystemId: 'fs-1' } }],
        }),
      'mounts a volume that outlives its task',
    ],
    [
      'with a third container',
      ({ containerDefinitions }) => containerDefinitions?.push({ name: 'proxy', image: 'proxy' }),
      'has containers besides',
    ],
    [
      'without the one that fetches',
      (definition) => Object.assign(definition, { containerDefinitions: [{ name: 'check', image: 'one' }] }),
      'has no containers “fetch” and “check”',
    ],
    ['with more rights', inCheck({ privileged: true }), 'gives more rights than usual'],
    [
      'with a capability',
      inCheck({ linuxParameters: { capabilities: { add: ['SYS_PTRACE'] } } }),
      'gives more rights than usual',
    ],
    ['as root', inCheck({ user: '0' }), 'runs as root'],
    ['as whom the image says', inCheck({ user: undefined }), 'runs as root or as nobody known'],
    ['as another user than fetched', inCheck({ user: '1001' }), 'as different users'],
    ['with secrets', inCheck({ secrets: [{ name: 'KEY', valueFrom: 'arn' }] }), 'hands out secrets'],
    [
      'with a file of variables',
      inCheck({ environmentFiles: [{ value: 'arn', type: 's3' }] }),
      'hands out secrets',
    ],
    ['with another entry point', inCheck({ entryPoint: ['node'] }), 'has another entry point'],
    ['that does not wait for the code', inCheck({ dependsOn: [] }), 'depend on the SUCCESS'],
    [
      'that cannot write',
      inCheck({ mountPoints: [{ sourceVolume: 'checks', containerPath: '/checks', readOnly: true }] }),
      'does not mount one volume',
    ],
    [
      'whose output goes elsewhere',
      inCheck({ logConfiguration: { logDriver: 'splunk' } }),
      'has no log driver awslogs',
    ],
  ])('%s is refused', async (_, change, words) => {
    const problems = await world
      .register(change)
      .then(() => world.newRunner().prove())
      .catch((error: unknown) => [String(error)]);

    expect(problems).toContainEqual(expect.stringContaining(words));
  });
});

/** In the container that runs the command. */
function inCheck(change: object): Changes {
  return ({ containerDefinitions = [] }) => {
    Object.assign(containerDefinitions.find(({ name }) => name === 'check') ?? {}, change);
  };
}

function foundBeside(outcome: CommandOutcome): string {
  const lines = printed(outcome).split('\n');
  return lines.filter((line) => !line.includes('attack.mjs')).join('\n');
}
