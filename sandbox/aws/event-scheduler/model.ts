import type { Scope } from '../names.ts';

/** A schedule of EventBridge: one moment, and the call of AWS to make then. */
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
  /** The operation of the universal target, and its input as JSON. */
  call: { service: string; operation: string; input: unknown };
  /** Once it has fired, whether the call was refused. */
  fired?: { at: Date; refusal?: string };
  createdAt: Date;
  changedAt: Date;
};
