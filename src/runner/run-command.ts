import type { CommandOutcome, CommandRequest } from '../ports/command-runner.ts';
import { emptyBox } from './boxes.ts';
import { checkOut } from './checkout.ts';
import { runInBox } from './in-box.ts';
import type { Box } from './isolation.ts';
import type { Ended } from './run-process.ts';
import type { Workshop } from './workshop.ts';

type Tools = Workshop & { signal: AbortSignal };
type Install = NonNullable<CommandRequest['install']>;

/** Checks out, installs unless that was done for the same commit before, and runs the command. Throws `NotFetched`. */
export async function runCommand(
  box: Box,
  { request, network }: { request: CommandRequest; network: boolean },
  tools: Tools,
): Promise<CommandOutcome> {
  const { command, within, outputLimit, install } = request;
  const trouble =
    install === undefined
      ? await fresh(box, request, tools)
      : await installed(box, { request, install }, tools);
  if (trouble !== undefined) return trouble;
  const ended = await runInBox(box, { command, within, outputLimit, network }, tools);
  if (ended.kind === 'stopped' || ended.kind === 'not-started') return notRun(ended.reason);
  return ended;
}

async function fresh(box: Box, request: CommandRequest, tools: Tools): Promise<CommandOutcome | undefined> {
  const reason = await checkOut(box, request, tools);
  return reason === undefined ? undefined : notRun(reason);
}

/** One at a time for each commit: whoever comes second copies what the first one installed. */
async function installed(
  box: Box,
  { request, install }: { request: CommandRequest; install: Install },
  tools: Tools,
): Promise<CommandOutcome | undefined> {
  const { repository, commit } = request;
  const { isolation, kept, signal } = tools;
  const origin = { repository, commit, install: install.command, work: isolation.seen(box).work };
  return await kept.inTurn(origin, signal, async () => {
    if (await kept.copyInto(box, origin, signal)) return undefined;
    await emptyBox(box.folder, isolation);
    const trouble = (await fresh(box, request, tools)) ?? (await installIn(box, { request, install }, tools));
    if (trouble !== undefined) return trouble;
    const why = await kept.keep(box, origin, signal);
    if (why !== undefined)
      tools.log.warn('dependencies are not kept for the next check', { repository, commit, why });
    return undefined;
  });
}

/** It always has the network: dependencies come from there. */
async function installIn(
  box: Box,
  { request, install }: { request: CommandRequest; install: Install },
  tools: Tools,
): Promise<CommandOutcome | undefined> {
  const { command, within } = install;
  const { outputLimit } = request;
  const ended = await runInBox(box, { command, within, outputLimit, network: true }, tools);
  if (ended.kind === 'stopped' || ended.kind === 'not-started') return notRun(ended.reason);
  if (ended.kind === 'exited' && ended.code === 0) return undefined;
  return { kind: 'install-failed', reason: whyNotInstalled(ended, within), output: ended.output };
}

function whyNotInstalled(ended: Extract<Ended, { output: unknown }>, within: number): string {
  switch (ended.kind) {
    case 'exited':
      return `Installing the dependencies ended with code ${ended.code}.`;
    case 'killed':
      return `Installing the dependencies was ended by ${ended.signal}, such as for want of memory.`;
    case 'timed-out':
      return `Installing the dependencies took longer than ${Math.round(within / 1000)} seconds.`;
    case 'stopped':
      return ended.reason;
  }
}

function notRun(reason: string): CommandOutcome {
  return { kind: 'unavailable', reason };
}
