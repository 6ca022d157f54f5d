import { createServer, type IncomingMessage } from 'node:http';
import type { Rule } from '@aws-sdk/client-elastic-load-balancing-v2';
import { type AwsClients, createAwsClients } from '../../../src/aws/clients.ts';
import { pointAwsAt, portOf } from '../../aws/sandbox-aws.ts';
import type { Script } from '../../aws/scripted-aws.ts';

/** What a form or an XML document holds, by name; lists are lists. */
type Tree = string | Tree[] | { [name: string]: Tree };

type Surroundings = {
  /** Rules on one page of DescribeRules; default: all of them. */
  pageSize?: number;
  /** How many targets of each target group are healthy, by ARN; none unless told. */
  healthy?: Record<string, number>;
  /** What the JSON services answer. */
  json?: Script;
};

export type ScriptedColours = {
  clients: AwsClients;
  /** What each ModifyRule asked for, in order. */
  writes: Tree[];
  /** The call that each CreateSchedule is to make one day, in order. */
  switches: unknown[];
  close(): Promise<void>;
};

/** An AWS whose listener rules are exactly those a test writes down, for what the sandbox's rules cannot be. */
export async function startScriptedColours(
  rules: readonly Rule[],
  { pageSize = Number.POSITIVE_INFINITY, healthy = {}, json = {} }: Surroundings = {},
): Promise<ScriptedColours> {
  const writes: Tree[] = [];
  const switches: unknown[] = [];
  const queries: Record<string, (form: URLSearchParams) => object> = {
    DescribeRules: (form) => {
      const listener = form.get('ListenerArn');
      const named = [...form].filter(([key]) => key.startsWith('RuleArns.')).map(([, arn]) => arn);
      const isAsked = ({ RuleArn = '' }: Rule) =>
        listener === null ? named.includes(RuleArn) : listenerOf(RuleArn) === listener;
      const from = Number(form.get('Marker') ?? 0);
      const asked = rules.filter(isAsked);
      const next = from + pageSize;
      return {
        Rules: asked.slice(from, next),
        ...(next < asked.length ? { NextMarker: String(next) } : {}),
      };
    },
    ModifyRule: (form) => {
      const { Action: _, Version: __, ...asked } = treeOf(form);
      writes.push(asked);
      return { Rules: [asked] };
    },
    DescribeTargetHealth: (form) => {
      const count = healthy[form.get('TargetGroupArn') ?? ''] ?? 0;
      return {
        TargetHealthDescriptions: Array.from({ length: count }, () => ({
          TargetHealth: { State: 'healthy' },
        })),
      };
    },
    DescribeTargetGroupAttributes: () => ({ Attributes: [] }),
  };

  function answer({ url = '', headers }: IncomingMessage, body: string): string {
    if (url.startsWith('/schedules/')) {
      switches.push(JSON.parse(JSON.parse(body).Target.Input));
      return JSON.stringify({ ScheduleArn: url });
    }
    const target = headers['x-amz-target'];
    if (target !== undefined) {
      const operation = String(target).split('.').at(-1) ?? '';
      return JSON.stringify(json[operation]?.(JSON.parse(body)) ?? {});
    }
    const form = new URLSearchParams(body);
    const operation = form.get('Action') ?? '';
    const result = xmlOf(queries[operation]?.(form) ?? {});
    return `<${operation}Response><${operation}Result>${result}</${operation}Result></${operation}Response>`;
  }

  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => response.end(answer(request, Buffer.concat(pieces).toString('utf8'))));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  pointAwsAt(portOf(server.address()));
  const clients = createAwsClients();
  return {
    ...{ clients, writes, switches },
    async close() {
      clients.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function listenerOf(rule: string): string {
  return rule.replace(':listener-rule/', ':listener/').replace(/\/[^/]*$/, '');
}

/** As AWS writes it: every list is of members. Nothing in these tests needs escaping. */
function xmlOf(value: unknown): string {
  if (Array.isArray(value)) return value.map((one) => `<member>${xmlOf(one)}</member>`).join('');
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.entries(value)
    .map(([name, part]) => `<${name}>${xmlOf(part)}</${name}>`)
    .join('');
}

/** `Actions.member.1.Type=forward` as `{ Actions: [{ Type: 'forward' }] }`. */
function treeOf(form: Iterable<[string, string]>): { [name: string]: Tree } {
  const parts = new Map<string, [string, string][]>();
  for (const [key, value] of form) {
    const [first = '', ...rest] = key.split('.');
    parts.set(first, [...(parts.get(first) ?? []), [rest.join('.'), value]]);
  }
  return Object.fromEntries([...parts].map(([name, inside]) => [name, branchOf(inside)]));
}

function branchOf(inside: [string, string][]): Tree {
  const [[key, value] = ['', '']] = inside;
  if (key === '') return value;
  const { member, ...fields } = treeOf(inside);
  return member === undefined ? fields : Object.values(member);
}
