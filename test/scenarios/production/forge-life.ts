import { join } from 'node:path';
import { openDatabase } from '../../../db/database.ts';
import { createStore } from '../../../db/store.ts';
import { previewToken } from '../../../sandbox/aws/seed-production.ts';
import { APP_TOKEN, BOT_TOKEN } from '../../../sandbox/slack/seed.ts';
import { assemble } from '../../../src/assemble.ts';
import { createAwsClients } from '../../../src/aws/clients.ts';
import { clock } from '../../../src/clock.ts';
import type { Policy } from '../../../src/domain/policy.ts';
import { createLog } from '../../../src/log.ts';
import { createCloudWatchMetrics } from '../../../src/metrics/cloudwatch.ts';
import { createDeadManSwitch } from '../../../src/platforms/ecs/dead-man-switch.ts';
import { createEcsPlatform } from '../../../src/platforms/ecs/platform.ts';
import type { Store } from '../../../src/ports/store.ts';
import { createSlack } from '../../../src/slack/slack.ts';
import { createSmokeProbe } from '../../../src/smoke-probe.ts';
import { createEcrSourceControl } from '../../../src/source-control/ecr.ts';
import { LATE_WITHIN, SMOKE_WITHIN, VISIBLE_WITHIN } from './timing.ts';

/** One life of Forge's process, with its real adapters. */
export type ForgeLife = { store: Store; stop(): Promise<void> };

type Surroundings = { folder: string; apiUrl: string; policy: Policy; lines: string[] };

/** Starts Forge as `main.ts` does, in this process, whose environment says where AWS is. Resolves when it listens. */
export async function startForge({ folder, apiUrl, policy, lines }: Surroundings): Promise<ForgeLife> {
  const log = createLog('debug', (line) => lines.push(line));
  const slack = createSlack({ botToken: BOT_TOKEN, appToken: APP_TOKEN, apiUrl, clock, log });
  const database = openDatabase(join(folder, 'forge.db'));
  const clients = createAwsClients();
  const sourceControl = createEcrSourceControl({ policy, clients });
  const listening = Promise.withResolvers<void>();
  const forge = assemble({
    ...{ policy, sourceControl, database, clock, log },
    platform: createEcsPlatform({
      policy,
      clients,
      describeImage: (request, options) => sourceControl.describe(request, options),
      timing: { visibleWithin: VISIBLE_WITHIN },
    }),
    slack: {
      ...slack,
      async start(reception) {
        await slack.start(reception);
        listening.resolve();
      },
    },
    smokeProbe: createSmokeProbe({ secret: () => previewToken, timeLimit: SMOKE_WITHIN }),
    metrics: createCloudWatchMetrics({ policy, clients }),
    deadMan: createDeadManSwitch({ policy, clients, now: () => clock.now(), lateWithin: LATE_WITHIN }),
    onFenced: listening.reject,
    onDamaged: listening.reject,
    onRefused: listening.reject,
  });
  await forge.start();
  await listening.promise;
  return {
    store: createStore(database, { clock }),
    async stop() {
      await forge.stop();
      clients.destroy();
      database.close();
    },
  };
}
