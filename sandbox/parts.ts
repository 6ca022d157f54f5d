import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ScaleIn } from './aws/autoscaling/scale-in.ts';
import type { AlterImages, alterImages } from './aws/ecr/alter-images.ts';
import type { publishImage } from './aws/ecr/publish.ts';
import type { MovedRule } from './aws/foreign-hand.ts';
import type { AwsSettings, AwsSettingsChange, TaskBehaviourChange } from './aws/settings.ts';

/**
 * How the parts of the sandbox fit together. `sandbox/server.ts` owns the one port and asks each part in turn
 * whether a request is its own; `sandbox/control.ts` is the documented control API over the same parts.
 */
export type Part = {
  /** True when the request was this part's and has been, or will be, answered. */
  handle(request: IncomingMessage, response: ServerResponse, url: URL): Promise<boolean>;
  /** Ends every connection, timer and process of the part. Idempotent; resolves within 2 s. */
  stop(): Promise<void>;
};

/** A failure of a control call that the caller can mend; answered as `{ error }` with its `status`. */
export class ControlError extends Error {
  readonly status: number;
  /** Further fields of the answer, such as `{ confirm }` for a button with a dialog. */
  readonly fields: Record<string, unknown>;
  constructor(status: number, message: string, fields: Record<string, unknown> = {}) {
    super(message);
    this.status = status;
    this.fields = fields;
  }
}

export type SlackUserSummary = {
  id: string;
  name: string;
  title: string;
  kind: 'member' | 'guest' | 'stranger' | 'deactivated' | 'bot';
};
export type SlackMessage = {
  ts: string;
  threadTs?: string;
  /** The author's user id. */
  user: string;
  text: string;
  blocks: unknown[];
  ephemeral: boolean;
  edited: boolean;
  /** A reply that is also shown in the channel. */
  broadcast?: boolean;
  replyCount?: number;
  /** What Slack would show beside a button that was not acknowledged. */
  warning?: string;
};
export type SlackView = {
  id: string;
  type: 'modal' | 'home';
  view: Record<string, unknown>;
  hash: string;
  errors?: Record<string, string>;
  warning?: string;
};
export type ClickRequest = {
  as: string;
  channel?: string;
  ts?: string;
  view_id?: string;
  action_id: string;
  block_id?: string;
  value?: unknown;
  confirmed?: boolean;
  /** What the modal's other inputs hold at that moment: block_id → action_id → value. */
  values?: Record<string, Record<string, unknown>>;
};
export type Delivery = { acked: true; ms: number } | { acked: false; error: string };
/** What changed, for the page: it reads the thing again. */
export type SlackChange =
  | { what: 'messages'; channel: string }
  | { what: 'views'; user: string }
  | { what: 'home'; user: string };

export type SlackPart = Part & {
  /** WebSocket upgrade of Socket Mode (`/link/…`). False when it is not Slack's. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  users(): SlackUserSummary[];
  channels(): { id: string; name: string }[];
  /** Oldest first; ephemeral messages only those shown to `as`. Throws ControlError 404 for an unknown channel. */
  messages(channel: string, as: string): SlackMessage[];
  command(request: { as: string; channel: string; text: string }): Promise<Delivery>;
  click(request: ClickRequest): Promise<Delivery>;
  submit(request: {
    as: string;
    view_id: string;
    values: Record<string, Record<string, unknown>>;
  }): Promise<Delivery & { errors?: Record<string, string> }>;
  close(request: { as: string; view_id: string }): Promise<Delivery>;
  /** Open modals of a user, top last. */
  views(as: string): SlackView[];
  /** Opens the App Home of a user as a person would: sends app_home_opened. */
  openHome(as: string): Promise<Delivery>;
  home(as: string): SlackView | undefined;
  subscribe(listener: (change: SlackChange) => void): () => void;
};

export type ServiceState = {
  name: string;
  environment: string;
  region: string;
  /** Public address of the service's load balancer. Absent for a worker. */
  url?: string;
  /** The version and colour that answered most of the latest requests. */
  live: { version: string; colour: Colour } | null;
  /** Measured share of answered requests in percent; null for a service without colours. */
  weights: { blue: number; green: number } | null;
  /** What answered the latest requests, measured, in percent; empty for a worker or when nothing answers. */
  shares: { version: string; colour: Colour; percent: number }[];
  requests: number;
  /** 5xx or cut connections seen on the public listener. */
  failures: number;
  tasks: { id: string; version: string; colour: Colour; state: TaskState }[];
  /** The last 60 s on the public listener, one entry a second, oldest first; empty for a worker. */
  traffic: TrafficSecond[];
  /** The load that is set, requests per second. */
  load: number;
};

export type Colour = 'blue' | 'green' | 'only';

/**
 * What a task is doing, in words people know: waiting for a place, pulling its image, starting until it serves well,
 * serving (`healthy`), failing its health checks, finishing requests in flight, and ending.
 */
export type TaskState =
  | 'waiting'
  | 'pulling'
  | 'starting'
  | 'healthy'
  | 'unhealthy'
  | 'draining'
  | 'stopping';

export type TrafficSecond = {
  /** When the second began, ISO 8601. */
  at: string;
  requests: number;
  /** 5xx or cut connections. */
  failures: number;
  /** 95th percentile of the targets' response times; null when none answered. */
  p95Ms: number | null;
  /** Requests by where they were sent; a service without colours has them all under `only`. */
  byColour: Record<Colour, number>;
  /** Answers by the version that gave them. */
  byVersion: Record<string, number>;
};

export type AwsPart = Part & {
  services(): Promise<ServiceState[]>;
  /** Sends requests to the public listener until it is set to 0. Throws ControlError 404 for an unknown service. */
  load(request: { service: string; environment: string; requestsPerSecond: number }): Promise<void>;
  /** How this AWS misbehaves all the time. */
  settings(): AwsSettings;
  /** What is given replaces what was; the rest stays. Throws ZodError for what can't be. */
  change(settings: AwsSettingsChange): void;
  /** Reports a metric nothing here could measure, every second until it changes; null ends it. */
  level(level: {
    region: string;
    namespace: string;
    metric: string;
    dimensions: Record<string, string>;
    value: number | null;
  }): void;
  /** Scales in what has too many tasks for no traffic, as a policy would. Throws ControlError 404. */
  scaleIn(request: { service: string; environment: string }): ScaleIn[];
  /** Changes how well a service's tasks serve, those that run and those to come. Throws ControlError 400 or 404. */
  behave(change: TaskBehaviourChange): void;
  /** Moves the weights of every production rule of the service behind Forge's back. Throws ControlError 400 or 404. */
  weigh(request: { service: string; environment: string; blue: number; green: number }): MovedRule[];
  /** Pushes an image to every registry it is named for. Throws AwsError where a tag is taken. */
  publish(push: Parameters<typeof publishImage>[0]): ReturnType<typeof publishImage>;
  /** Archives images, or says what their scans found. Throws ControlError 404. */
  alterImages(wanted: AlterImages): ReturnType<typeof alterImages>;
  subscribe(listener: () => void): () => void;
};
