import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Aws, createAws } from '../../sandbox/aws/aws.ts';
import type { Seed } from '../../sandbox/aws/seed.ts';
import type { Timing } from '../../sandbox/aws/timing.ts';
import { Faults } from '../../sandbox/faults.ts';
import { listen } from '../../sandbox/server.ts';
import { createSlack, type SlackServer } from '../../sandbox/slack/slack.ts';

/** Slack and AWS with its tasks behind one server of this process, and an empty folder for Forge. */
export type SlackAndAws = {
  slack: SlackServer;
  aws: Aws;
  faults: Faults;
  /** Where both are reached. */
  origin: string;
  folder: string;
  /** Ends every server and removes the folder: only after Forge has ended. */
  stop(): Promise<void>;
};

type Shape = {
  seed: Seed;
  timing: Timing;
  /** How the folder's name begins. */
  name: string;
  faults?: Faults;
};

export async function startSlackAndAws({
  seed,
  timing,
  name,
  faults = new Faults(),
}: Shape): Promise<SlackAndAws> {
  const server = await listen(0, { mayMove: true });
  const origin = () => server.origin;
  const slack = createSlack({ origin, faults, rateLimitScale: Number.POSITIVE_INFINITY });
  const aws = await createAws({ origin, faults, seed, timing, running: 'in-process' });
  server.serve({
    inTurn: [slack, aws],
    upgrade: (request, socket, head) => slack.upgrade(request, socket, head),
    report: (text) => console.error(text),
  });
  const folder = await mkdtemp(join(tmpdir(), name));
  return {
    ...{ slack, aws, faults, folder, origin: server.origin },
    async stop() {
      await Promise.all([slack.stop(), aws.stop()]);
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
