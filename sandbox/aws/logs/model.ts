import type { Scope } from '../names.ts';

/** What one container prints, as CloudWatch Logs keeps it. */
export type LogStream = Scope & {
  group: string;
  name: string;
  events: LogEvent[];
};

/** `shownAt`: until then nobody reads it. */
export type LogEvent = { message: string; printedAt: number; shownAt: number };
