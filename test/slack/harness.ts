import { onTestFinished } from 'vitest';
import { APP_TOKEN, BOT_TOKEN } from '../../sandbox/slack/seed.ts';
import type { SlackOptions } from '../../sandbox/slack/slack.ts';
import type { Incoming, Reception } from '../../src/ports/incoming.ts';
import type { Log } from '../../src/ports/log.ts';
import { createSlack, type Slack } from '../../src/slack/slack.ts';
import { startWorkspace, type TestWorkspace } from '../sandbox/slack/harness.ts';

export type LogLine = { level: keyof Log; message: string; fields: Readonly<Record<string, unknown>> };

export type TestSlack = TestWorkspace & {
  forge: Slack;
  lines: LogLine[];
  clock: { now(): number; sleep(milliseconds: number): Promise<void>; moveBy(milliseconds: number): void };
};

/** Forge's real adapter beside a workspace of its own; neither is left behind. Not started: see `receiving`. */
export async function connectForge(
  options: Partial<SlackOptions> & { botToken?: string; appToken?: string } = {},
): Promise<TestSlack> {
  const workspace = await startWorkspace(options);
  const lines: LogLine[] = [];
  const clock = movableClock();
  const forge = createSlack({
    botToken: options.botToken ?? BOT_TOKEN,
    appToken: options.appToken ?? APP_TOKEN,
    apiUrl: `${workspace.origin}/api/`,
    clock,
    log: recordingLog(lines),
  });
  onTestFinished(() => forge.stop());
  return { ...workspace, forge, lines, clock };
}

/** A reception that keeps in memory and records what it was asked, in order. */
export function receptionWith(changes: Partial<Reception> = {}) {
  const kept = new Set<string>();
  const calls: string[] = [];
  const processed: Incoming[] = [];
  const reception: Reception = {
    check: async () => ({ kind: 'accepted' }),
    keep: async (incoming) => {
      const isNew = !kept.has(incoming.id);
      kept.add(incoming.id);
      return isNew;
    },
    discard: async (incoming) => {
      calls.push(`discard ${incoming.kind}`);
    },
    process: async (incoming) => {
      calls.push(`process ${incoming.kind}`);
      processed.push(incoming);
    },
    ...changes,
  };
  return { reception, calls, processed };
}

/** The same, and Forge is connected. */
export async function startForge(changes: Partial<Reception> = {}) {
  const parts = await connectForge();
  const recorded = receptionWith(changes);
  await parts.forge.start(recorded.reception);
  return { ...parts, ...recorded };
}

export function recordingLog(lines: LogLine[]): Log {
  const record =
    (level: keyof Log) =>
    (message: string, fields: Readonly<Record<string, unknown>> = {}) => {
      lines.push({ level, message, fields });
    };
  return { debug: record('debug'), info: record('info'), warn: record('warn'), error: record('error') };
}

function movableClock() {
  let offset = 0;
  return {
    now: () => Date.now() + offset,
    sleep: () => Promise.reject(new Error('The adapter does not wait by the clock')),
    moveBy(milliseconds: number) {
      offset += milliseconds;
    },
  };
}
