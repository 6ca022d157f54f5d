/** Forge as in production, in a process of its own that kills itself at the crash point it is told of. */
import { openDatabase } from '../../../db/database.ts';
import { assemble } from '../../../src/assemble.ts';
import { createAwsClients } from '../../../src/aws/clients.ts';
import { clock } from '../../../src/clock.ts';
import { readConfiguration } from '../../../src/config.ts';
import { createLog } from '../../../src/log.ts';
import { createCloudWatchMetrics } from '../../../src/metrics/cloudwatch.ts';
import { createDeadManSwitch } from '../../../src/platforms/ecs/dead-man-switch.ts';
import { createEcsPlatform } from '../../../src/platforms/ecs/platform.ts';
import type { ScheduleDriver } from '../../../src/ports/schedule-driver.ts';
import { createEventBridgeDriver } from '../../../src/schedules/event-bridge.ts';
import { createSlack } from '../../../src/slack/slack.ts';
import { createSmokeProbe } from '../../../src/smoke-probe.ts';
import { createEcrSourceControl } from '../../../src/source-control/ecr.ts';
import { createCrashPoints } from './crash-points.ts';
import { mortal, mortalCall } from './mortal.ts';
import { mortalDatabase } from './mortal-database.ts';
import { type FromForge, ToForge } from './protocol.ts';
import { LATE_WITHIN, VISIBLE_WITHIN } from './timing.ts';

const points = createCrashPoints();
process.on('disconnect', () => process.exit(0));
process.on('message', (raw) => {
  const message = ToForge.parse(raw);
  switch (message.type) {
    case 'arm':
      points.arm(message.point);
      say({ type: 'armed' });
      return;
    case 'tell':
      say({ type: 'passed', points: points.passed() });
      return;
  }
});
const configuration = await readConfiguration(process.env);
if (configuration.kind === 'invalid') throw new Error(configuration.problems.join('\n'));
const { environment, policy } = configuration;

const log = createLog('debug', (line) => {
  process.stdout.write(`${line}\n`);
  if (line.includes('"forge is ready"')) say({ type: 'ready' });
});
const clients = createAwsClients();
const sourceControl = createEcrSourceControl({ policy, clients });
const platform = createEcsPlatform({
  policy,
  clients,
  describeImage: (request, options) => sourceControl.describe(request, options),
  timing: { visibleWithin: VISIBLE_WITHIN },
});
const { botToken, appToken, slackApiUrl = '' } = environment;
const slack = createSlack({ botToken, appToken, apiUrl: slackApiUrl, clock, log });
const die = (error: Error) => {
  throw error;
};
await assemble({
  ...{ policy, clock, log },
  slack: { ...slack, chat: mortal('chat', slack.chat, points) },
  database: mortalDatabase(openDatabase(environment.databaseFile), points),
  platform: mortal('platform', platform, points),
  sourceControl: mortal('releases', sourceControl, points),
  smokeProbe: mortalCall('probe', createSmokeProbe({ secret: (name) => process.env[name] }), points),
  metrics: mortal('metrics', createCloudWatchMetrics({ policy, clients }), points),
  deadMan: mortal(
    'switch',
    createDeadManSwitch({ policy, clients, now: () => clock.now(), lateWithin: LATE_WITHIN }),
    points,
  ),
  ...(policy.schedules === undefined
    ? {}
    : {
        scheduleDriver: mortalDriver(
          createEventBridgeDriver({ policy: policy.schedules, clients, clock, log }),
        ),
      }),
  onFenced: die,
  onDamaged: die,
  onRefused: die,
}).start();

/** Also of the signals it gives. */
function mortalDriver(driver: ScheduleDriver): ScheduleDriver {
  const reached = mortal('driver', driver, points);
  return {
    set: (occurrence, options) => reached.set(occurrence, options),
    delete: (name, options) => reached.delete(name, options),
    receive: async (options) => (await reached.receive(options)).map((due) => mortal('signal', due, points)),
  };
}

function say(message: FromForge): void {
  process.send?.(message);
}
