import { openDatabase } from '../../../db/database.ts';
import { APP_TOKEN, BOT_TOKEN } from '../../../sandbox/slack/seed.ts';
import { assemble } from '../../../src/assemble.ts';
import { clock } from '../../../src/clock.ts';
import { createLog } from '../../../src/log.ts';
import { createSlack } from '../../../src/slack/slack.ts';
import { aRelease } from '../../builders.ts';
import { FakeDeadManSwitch } from '../../fakes/dead-man-switch.ts';
import { FakeMetrics } from '../../fakes/metrics.ts';
import { FakeSmokeProbe } from '../../fakes/smoke-probe.ts';
import { FakeSourceControl } from '../../fakes/source-control.ts';
import { placesFor, policyFor } from './places.ts';
import { Order, type Report } from './protocol.ts';
import { scheduledPlatform } from './scheduled-platform.ts';

/** Forge as a process of its own: everything is real but AWS. */
process.once('message', (message) => {
  run(Order.parse(message)).catch(fail);
});
process.on('disconnect', () => process.exit(0));

async function run(order: Order): Promise<void> {
  const places = placesFor(order.deployments);
  const policy = policyFor(places);
  const log = createLog('warn');
  const releases = policy.services.map(({ name }) => ({
    release: aRelease({ service: name }),
    branch: 'main',
  }));
  const forge = assemble({
    policy,
    slack: createSlack({ botToken: BOT_TOKEN, appToken: APP_TOKEN, apiUrl: order.apiUrl, clock, log }),
    platform: scheduledPlatform(places, order.endsAt),
    sourceControl: new FakeSourceControl(releases),
    smokeProbe: new FakeSmokeProbe().probe,
    metrics: new FakeMetrics(clock),
    deadMan: new FakeDeadManSwitch(clock, () => undefined),
    database: openDatabase(order.databaseFile),
    clock,
    log,
    onFenced: fail,
    onDamaged: fail,
    onRefused: fail,
  });
  await forge.start();
  report({ kind: 'ready' });
  let before = process.cpuUsage();
  setInterval(() => {
    const { user, system } = process.cpuUsage(before);
    before = process.cpuUsage();
    const memoryMb = process.memoryUsage.rss() / 2 ** 20;
    report({ kind: 'usage', cpuMs: (user + system) / 1000, memoryMb });
  }, 1_000);
}

function report(message: Report): void {
  process.send?.(message);
}

function fail(error: unknown): void {
  console.error(error);
  process.exit(1);
}
