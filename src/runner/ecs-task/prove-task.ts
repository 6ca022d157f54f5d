import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import type { Task } from '@aws-sdk/client-ecs';
import { z } from 'zod';
import type { Output } from '../../ports/command-runner.ts';
import { METADATA } from '../addresses.ts';
import type { CheckDefinition } from './definition.ts';
import { inTask, type TaskTools } from './run-in-task.ts';
import { CHECK, FETCH, NO_FETCH_SCRIPT, PROBE_SCRIPT } from './scripts.ts';
import { endingOf } from './task-ending.ts';
import { logOf } from './task-log.ts';
import { endOf, type TaskOrder } from './task-request.ts';

/** Milliseconds. */
const WITHIN = 60_000;
const OUTPUT_LIMIT = 16_000;
const PROBE = join(import.meta.dirname, 'inside/probe.mjs');
/** Where a task finds facts about itself, on every machine; its role's credentials are behind this path. */
const TASK_HOST = '169.254.170.2';

/** `holes`: what it could do and must not, or lacks. `untold`: nobody can tell yet, because of this. */
export type Proof =
  | { kind: 'proven' }
  | { kind: 'holes'; sentences: string[] }
  | { kind: 'untold'; reason: string };

type Tools = TaskTools & {
  definition: CheckDefinition;
  /** Addresses of the machine that Forge runs on, at which commands must not reach it. */
  forge: readonly string[];
};

const Tried = z.object({
  could: z.array(
    z.union([
      z.object({ kind: z.literal('credentials'), name: z.string() }),
      z.object({ kind: z.literal('reach'), host: z.string(), port: z.number() }),
      z.object({ kind: z.literal('root') }),
    ]),
  ),
  lacks: z.array(z.string()),
});
type Could = z.infer<typeof Tried>['could'][number];

/** Has a task try, as the code of a branch would, to get at credentials and at Forge. */
export async function proveTask(tools: Tools): Promise<Proof> {
  const own = await Promise.all(tools.forge.map(listenAt));
  const name = `forge-proof-${randomBytes(12).toString('hex')}`;
  const order = async () => orderOf(name, { root: tools.definition.root, own: own.flatMap(addressOf) });
  const wanted = { name, order, within: WITHIN, definition: tools.definition };
  try {
    const proof = await inTask(wanted, tools, (arn, task) => proofOf(arn, task, name, tools));
    if (proof.kind === 'unavailable') return { kind: 'untold', reason: proof.reason };
    if (proof.kind === 'timed-out') return { kind: 'untold', reason: 'it did not end in time.' };
    return proof;
  } finally {
    for (const server of own) server.close();
  }
}

function orderOf(name: string, { root, own }: { root: string; own: readonly Address[] }): TaskOrder {
  const metadata = METADATA.map(({ host }) => ({
    host,
    port: 80,
    ...(host === TASK_HOST && { path: '/v2/credentials' }),
  }));
  const task = { addresses: [...metadata, ...own] };
  return {
    name,
    fetch: { script: NO_FETCH_SCRIPT, variables: { FORGE_ROOT: root } },
    check: {
      script: PROBE_SCRIPT,
      variables: {
        FORGE_PROBE: readFileSync(PROBE, 'utf8'),
        FORGE_TASK: JSON.stringify(task),
        FORGE_END: endOf(name),
      },
    },
  };
}

async function proofOf(arn: string, task: Task, name: string, tools: Tools): Promise<Proof> {
  const { definition } = tools;
  const ending = endingOf(task);
  if (ending.kind === 'unavailable') return { kind: 'untold', reason: ending.reason };
  const log = { arn, definition, limit: OUTPUT_LIMIT };
  if (ending.kind === 'not-fetched') return cannotRun(await logOf({ ...log, container: FETCH }, tools));
  const output = await logOf({ ...log, container: CHECK, end: endOf(name) }, tools);
  if (ending.kind !== 'exited' || ending.code !== 0) return cannotRun(output);
  const tried = readTried(output.text);
  if (tried === undefined) return { kind: 'untold', reason: 'what it printed did not show in CloudWatch.' };
  const sentences = [
    ...tried.could.map((one) => sentence(one, tools)),
    ...tried.lacks.map((program) => `The image of the task lacks ${program}, which checks need there.`),
  ];
  return sentences.length === 0 ? { kind: 'proven' } : { kind: 'holes', sentences };
}

function cannotRun({ text }: Output): Proof {
  const said = text.trim().split('\n').slice(-3).join(' ').slice(-300);
  const needs = 'it needs Git and Node, and a folder that its user may write to';
  return { kind: 'holes', sentences: [`Checks cannot run in the task: ${needs}. It says: ${said}`] };
}

function readTried(text: string): z.infer<typeof Tried> | undefined {
  const line = text.split('\n').findLast((one) => one.startsWith('{'));
  if (line === undefined) return undefined;
  try {
    const read = Tried.safeParse(JSON.parse(line));
    return read.success ? read.data : undefined;
  } catch {
    // Half of a line: the same as none.
    return undefined;
  }
}

function sentence(could: Could, { forge }: Tools): string {
  switch (could.kind) {
    case 'credentials':
      return `Checks could use credentials of AWS that their task is given (${could.name}). Take taskRoleArn and such variables out of the task definition.`;
    case 'root':
      return 'Checks run as root in their task. Write "user": "1000:1000" in both containers of the task definition.';
    case 'reach': {
      if (forge.includes(could.host))
        return `Checks could reach the machine that Forge runs on, at ${could.host}. Give their task a security group of its own, which Forge's does not let in.`;
      const what = METADATA.find(({ host }) => host === could.host)?.what ?? 'the address';
      return `Checks could reach ${what} at ${could.host}. Run their task on Fargate, without a role.`;
    }
  }
}

type Address = { host: string; port: number };

/** Stands for everything that listens on that address. */
function listenAt(host: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', reject);
    server.listen(0, host, () => resolve(server));
  });
}

function addressOf(server: Server): Address[] {
  const address = server.address();
  return address === null || typeof address === 'string'
    ? []
    : [{ host: address.address, port: address.port }];
}
