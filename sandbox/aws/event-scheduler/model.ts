import type { Scope } from '../names.ts';

/** A schedule of EventBridge: one moment, and what to do then. */
export type Schedule = Scope & {
  arn: string;
  name: string;
  group: string;
  /** As it was given; GetSchedule shows it. */
  input: Record<string, unknown>;
  clientToken: string | undefined;
  fireAt: Date;
  isEnabled: boolean;
  isDeletedAfter: boolean;
  target: ScheduleTarget;
  /** While its message is not delivered: failed tries, and when the next one is. */
  tries?: { failed: number; next: Date };
  /** Once it has fired, whether what it did was refused. */
  fired?: { at: Date; refusal?: string };
  createdAt: Date;
  changedAt: Date;
};

export type ScheduleTarget =
  /** The operation of a universal target, and its input as JSON. */
  { kind: 'call'; service: string; operation: string; input: unknown } | QueueTarget;

export type QueueTarget = {
  kind: 'queue';
  arn: string;
  /** Absent: a notice of AWS's own. */
  body?: string;
  retries: { most: number; withinSeconds: number };
  /** ARN of the queue for what cannot be delivered. */
  deadLetters?: string;
};
