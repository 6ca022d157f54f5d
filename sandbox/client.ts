import { z } from 'zod';
import { GithubState } from './client-github.ts';

const Message = z.object({
  ts: z.string(),
  threadTs: z.string().optional(),
  user: z.string(),
  text: z.string(),
  blocks: z.array(z.unknown()),
  ephemeral: z.boolean(),
  edited: z.boolean(),
});
export type Message = z.infer<typeof Message>;

const ServiceState = z.object({
  name: z.string(),
  environment: z.string(),
  region: z.string(),
  url: z.string().optional(),
  live: z.object({ version: z.string(), colour: z.string() }).nullable(),
  weights: z.object({ blue: z.number(), green: z.number() }).nullable(),
  shares: z.array(z.object({ version: z.string(), colour: z.string(), percent: z.number() })),
  requests: z.number(),
  failures: z.number(),
  tasks: z.array(z.object({ id: z.string(), version: z.string(), colour: z.string(), state: z.string() })),
  traffic: z.array(
    z.object({
      at: z.string(),
      requests: z.number(),
      failures: z.number(),
      p95Ms: z.number().nullable(),
      byColour: z.record(z.string(), z.number()),
      byVersion: z.record(z.string(), z.number()),
    }),
  ),
  load: z.number(),
});
const State = z.object({
  users: z.array(z.object({ id: z.string(), name: z.string(), title: z.string() })),
  channels: z.array(z.object({ id: z.string(), name: z.string() })),
  services: z.array(ServiceState),
  forge: z.object({ pid: z.number().nullable(), ready: z.boolean() }),
  faults: z.array(
    z.object({
      id: z.number(),
      fault: z.looseObject({ service: z.string(), operation: z.string(), kind: z.string() }),
      calls: z.number(),
      struck: z.number(),
    }),
  ),
  switches: z.object({ slack: z.record(z.string(), z.unknown()), aws: z.record(z.string(), z.unknown()) }),
  shortcuts: z.array(z.object({ name: z.string(), type: z.string(), callbackId: z.string() })),
});
export type State = z.infer<typeof State>;

const Delivery = z.union([
  z.object({ acked: z.literal(true), ms: z.number(), errors: z.record(z.string(), z.string()).optional() }),
  z.object({ acked: z.literal(false), error: z.string() }),
]);
export type Delivery = z.infer<typeof Delivery>;

const View = z.object({
  id: z.string(),
  type: z.string(),
  view: z.record(z.string(), z.unknown()),
  errors: z.record(z.string(), z.string()).optional(),
});
export type View = z.infer<typeof View>;

const LoggedRequest = z.object({
  sequence: z.number(),
  at: z.string(),
  service: z.string(),
  operation: z.string(),
});
export type LoggedRequest = z.infer<typeof LoggedRequest>;

const SlackState = z.object({
  settings: z.record(z.string(), z.unknown()),
  connections: z.number(),
  rateLimits: z.array(
    z.object({
      method: z.string(),
      channel: z.string().optional(),
      perMinute: z.number().optional(),
      taken: z.number(),
      refused: z.number(),
      mostInAMinute: z.number(),
      mostInASecond: z.number(),
    }),
  ),
});
export type SlackState = z.infer<typeof SlackState>;

const AwsState = z.object({ settings: z.record(z.string(), z.unknown()) });
export type AwsState = z.infer<typeof AwsState>;
const Behaviours = z.object({ behaviours: z.array(z.record(z.string(), z.unknown())) });
const Weights = z.object({ blue: z.number(), green: z.number() });
const MovedRule = z.object({ rule: z.string(), from: Weights, to: Weights });
const ScaledIn = z.object({ ecsService: z.string(), outcome: z.string(), from: z.number(), to: z.number() });

const Spoken = z.object({
  ts: z.string(),
  events: z.array(z.object({ type: z.string(), acked: z.boolean() })),
});
const Suggested = z.object({
  acked: z.boolean(),
  error: z.string().optional(),
  options: z.array(z.unknown()).optional(),
  option_groups: z.array(z.unknown()).optional(),
});

const Refusal = z.looseObject({ error: z.string() });

/** A control call the sandbox refused; `fields` is the whole answer, such as `{ error, confirm }`. */
export class Refused extends Error {
  readonly status: number;
  readonly fields: Record<string, unknown>;
  constructor(status: number, fields: z.infer<typeof Refusal>) {
    super(fields.error);
    this.status = status;
    this.fields = fields;
  }
}

export type Click = {
  as: string;
  action_id: string;
  channel?: string;
  ts?: string;
  view_id?: string;
  block_id?: string;
  value?: unknown;
  confirmed?: boolean;
};

/** The sandbox for programs: the control API of README.md, typed. `control` is its address. Every call may throw `Refused`. */
export function createClient(control: string) {
  const get = (path: string) => call(`${control}${path}`);
  const post = (path: string, body: unknown) => call(`${control}${path}`, body);
  const viewer = (as: string) => `?as=${encodeURIComponent(as)}`;
  return {
    state: async () => State.parse(await get('/state')),
    messages: async (channel: string, as: string) =>
      z.array(Message).parse(await get(`/channels/${encodeURIComponent(channel)}/messages${viewer(as)}`)),
    command: async (command: { as: string; channel: string; text: string }) =>
      Delivery.parse(await post('/command', command)),
    click: async (click: Click) => Delivery.parse(await post('/click', click)),
    views: async (as: string) => z.array(View).parse(await get(`/views${viewer(as)}`)),
    submit: async (submission: {
      as: string;
      view_id: string;
      values: Record<string, Record<string, unknown>>;
    }) => Delivery.parse(await post('/submit', submission)),
    close: async (closing: { as: string; view_id: string }) => Delivery.parse(await post('/close', closing)),
    openHome: async (as: string) => Delivery.parse(await post('/home', { as })),
    home: async (as: string) => View.nullable().parse(await get(`/home${viewer(as)}`)),
    load: (load: { service: string; environment: string; requestsPerSecond: number }) => post('/load', load),
    faults: (faults: readonly Record<string, unknown>[]) => post('/faults', faults),
    addFault: (fault: Record<string, unknown>) => post('/faults/add', fault),
    endFault: (id: number) => post('/faults/end', { id }),
    slack: async () => SlackState.parse(await get('/slack')),
    configureSlack: async (change: Record<string, unknown>) => SlackState.parse(await post('/slack', change)),
    connections: (action: 'warn' | 'refresh' | 'cut' | 'silence') => post('/connections', { action }),
    changeChannel: (change: { channel: string; archived?: boolean; has_app?: boolean }) =>
      post('/channel', change),
    requestUrl: (url: string | null) => post('/request-url', { url }),
    aws: async () => AwsState.parse(await get('/aws')),
    configureAws: async (change: Record<string, unknown>) => AwsState.parse(await post('/aws', change)),
    github: async () => GithubState.parse(await get('/github')),
    configureGithub: async (change: Record<string, unknown>) =>
      GithubState.parse(await post('/github', change)),
    /** What somebody does there: `commit`, `push-tag`, `review` … */
    onGithub: (what: string, input: Record<string, unknown>) => post(`/github/${what}`, input),
    metric: (level: Record<string, unknown>) => post('/metrics', level),
    scaleIn: async (target: { service: string; environment: string }) =>
      z.array(ScaledIn).parse(await post('/scale-in', target)),
    behaviour: async (change: Record<string, unknown>) => Behaviours.parse(await post('/behaviour', change)),
    dependency: (dependency: { latencyMs: number }) => post('/dependency', dependency),
    weights: async (weights: { service: string; environment: string; blue: number; green: number }) =>
      z.array(MovedRule).parse(await post('/weights', weights)),
    shortcut: async (shortcut: { as: string; callback_id: string; channel?: string; ts?: string }) =>
      Delivery.parse(await post('/shortcut', shortcut)),
    suggest: async (typed: Omit<Click, 'value' | 'confirmed'> & { value: string }) =>
      Suggested.parse(await post('/suggest', typed)),
    say: async (message: { as: string; channel: string; text: string; thread_ts?: string }) =>
      Spoken.parse(await post('/message', message)),
    requests: async (filter: { service?: string; operation?: string; after?: number }) => {
      const query = new URLSearchParams(
        Object.entries(filter).map(([name, value]): [string, string] => [name, String(value)]),
      );
      return z.array(LoggedRequest).parse(await get(`/requests?${query}`));
    },
  };
}
export type Client = ReturnType<typeof createClient>;

async function call(address: string, body?: unknown): Promise<unknown> {
  const response = await fetch(address, {
    signal: AbortSignal.timeout(20_000),
    ...(body === undefined
      ? {}
      : {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }),
  });
  const answer: unknown = await response.json();
  if (!response.ok) throw new Refused(response.status, Refusal.parse(answer));
  return answer;
}
