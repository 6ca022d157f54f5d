import { z } from 'zod';
import { Actor } from './actor.ts';
import { ApprovalEvent } from './approval-event.ts';
import { BuildEvent } from './build-event.ts';
import { CheckEvent } from './check-event.ts';
import { EndingEvent } from './ending-event.ts';
import { Plan } from './plan.ts';
import { PromotionEvent } from './promotion-event.ts';
import { QuestionEvent } from './question-event.ts';
import { RestoreEvent } from './restore-event.ts';
import { ScheduleEvent } from './schedule-event.ts';
import { StepEvent } from './step-event.ts';
import { TrafficEvent } from './traffic-event.ts';

/** What was pushed to the code host, and by whom. Foreign text. */
export const Pushed = z.strictObject({
  repository: z.string(),
  /** Full name: `refs/heads/main`, `refs/tags/v1.2.0`. */
  ref: z.string(),
  commit: z.string(),
  /** Absent: the code host does not say. */
  login: z.string().optional(),
  /** Slack id of who pushed. Absent: nobody knows which person of the workspace it is. */
  person: z.string().optional(),
  /** Slack id of who wrote the commit, where nobody knows who pushed it. The commit says so itself, which proves nothing. */
  author: z.string().optional(),
});
export type Pushed = z.infer<typeof Pushed>;

/**
 * Everything that can happen to a deployment. These are the one truth people see and the audit trail;
 * `evolve` folds them into a `Deployment`.
 */
export const DeploymentEvent = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('requested'),
    service: z.string(),
    environment: z.string(),
    /** What the person named: a version, branch or commit. Absent: the environment's default. */
    ref: z.string().optional(),
    plan: Plan,
    /** Slack channel of the deployment message. */
    channel: z.string(),
    /** The deployment this one takes back. */
    undoes: z.int().optional(),
    /** It may not start before. Milliseconds since the epoch. */
    startAt: z.int().optional(),
    /** What was pushed, where a trigger asked for it. */
    pushed: Pushed.optional(),
  }),
  z.strictObject({ type: z.literal('checking') }),
  z.strictObject({ type: z.literal('check-finished'), name: z.string(), detail: z.string() }),
  /** What it would do was made anew before it began, since what it was made from has changed. */
  z.strictObject({ type: z.literal('replanned'), plan: Plan }),
  z.strictObject({ type: z.literal('started') }),
  z.strictObject({ type: z.literal('abort-requested') }),
  /** Somebody knows of the trouble and looks after it: nobody is called again; Forge goes on trying. */
  z.strictObject({ type: z.literal('acknowledged') }),
  CheckEvent,
  BuildEvent,
  ApprovalEvent,
  ScheduleEvent,
  StepEvent,
  QuestionEvent,
  RestoreEvent,
  TrafficEvent,
  PromotionEvent,
  EndingEvent,
]);
export type DeploymentEvent = z.infer<typeof DeploymentEvent>;

/** An event as it is kept. */
export const RecordedEvent = z.strictObject({
  deployment: z.int(),
  /** 1, 2, 3 … within the deployment. */
  version: z.int(),
  /** Milliseconds since the epoch. */
  at: z.int(),
  by: Actor,
  /** The reason a person gave, as typed. */
  why: z.string().optional(),
  /** What made it happen: an inbox row or a run's operation. The same cause is recorded once. */
  cause: z.string(),
  event: DeploymentEvent,
});
export type RecordedEvent = z.infer<typeof RecordedEvent>;
