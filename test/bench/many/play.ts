import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Faults } from '../../../sandbox/faults.ts';
import { listen } from '../../../sandbox/server.ts';
import type { RateUsage } from '../../../sandbox/slack/rate-usage.ts';
import { createSlack, type SlackServer } from '../../../sandbox/slack/slack.ts';
import { channels, PEOPLE, type Place } from './places.ts';
import { type Order, Report } from './protocol.ts';
import type { Course } from './schedule.ts';
import { type Seen, watchMessages } from './watch-messages.ts';

export type Load = Extract<Report, { kind: 'usage' }>;
export type Played = {
  seen: ReadonlyMap<number, Seen>;
  usage: RateUsage[];
  /** Of Forge's process, one a second. */
  loads: Load[];
  /** Whether `/forge status` said that messages lag when it was asked right after many ends. */
  statusTold: boolean;
};

/** Forge is connected within this time. Milliseconds. */
const STARTED_WITHIN = 12_000;
/** After the last end was to be there, all have been shown within this time. Milliseconds. */
const SHOWN_WITHIN = 150_000;
/** A person types again what Slack could not deliver. */
const MOST_TRIES = 5;
/** Threads go on after the messages. Milliseconds. */
const THREADS_SETTLE = 20_000;

/** Lets everything happen as it is scheduled, in real time. */
export async function play(world: {
  places: readonly Place[];
  courses: readonly Course[];
  databaseFile: string;
}): Promise<Played> {
  const { places, courses, databaseFile } = world;
  const server = await listen(0, { mayMove: false });
  const slack = createSlack({ origin: () => server.origin, faults: new Faults(), channels: channels() });
  server.serve({
    inTurn: [slack],
    upgrade: (request, socket, head) => slack.upgrade(request, socket, head),
    report: (text) => console.error(text),
  });
  const loads: Load[] = [];
  const beganAt = Date.now() + STARTED_WITHIN;
  const forge = await startForge(
    {
      apiUrl: `${server.origin}/api/`,
      databaseFile,
      deployments: places.length,
      endsAt: courses.map(({ endsAt }) => beganAt + endsAt),
    },
    (load) => loads.push(load),
  );
  while (slack.connectionCount() === 0) await sleep(50);
  const watching = watchMessages(
    slack,
    channels().map(({ id }) => id),
  );
  const asking = askForStatus(slack, places, burstIn(courses, beganAt));
  await Promise.all(
    courses.map(async ({ startsAt }, index) => {
      await sleep(Math.max(0, beganAt + startsAt - Date.now()));
      await typeDeploy(slack, places[index], index);
    }),
  );
  const lastEnd = beganAt + Math.max(...courses.map(({ endsAt }) => endsAt));
  while (Date.now() < lastEnd + SHOWN_WITHIN) {
    if ([...watching.seen.values()].filter(({ endAt }) => endAt !== undefined).length === courses.length)
      break;
    await sleep(200);
  }
  await sleep(THREADS_SETTLE);
  const statusTold = await asking;
  watching.stop();
  const exit = once(forge, 'exit');
  forge.kill('SIGKILL');
  await exit;
  await slack.stop();
  await server.stop();
  return { seen: watching.seen, usage: slack.rateLimitUsage(), loads, statusTold };
}

async function startForge(order: Order, onLoad: (load: Load) => void): Promise<ChildProcess> {
  const forge = fork(new URL('./forge-process.ts', import.meta.url), { stdio: 'inherit' });
  const ready = Promise.withResolvers<void>();
  forge.on('message', (message) => {
    const report = Report.parse(message);
    if (report.kind === 'ready') ready.resolve();
    else onLoad(report);
  });
  forge.on('exit', (code) => ready.reject(new Error(`Forge ended with code ${code}`)));
  forge.send(order);
  await ready.promise;
  return forge;
}

async function typeDeploy(slack: SlackServer, place: Place | undefined, index: number): Promise<void> {
  if (place === undefined) throw new Error('There are more courses than places');
  const { service, environment, channel } = place;
  const as = PEOPLE[index % PEOPLE.length] ?? '';
  const text = `/forge deploy ${service} ${environment}`;
  for (let tries = 1; tries <= MOST_TRIES; tries += 1) {
    const delivery = await slack.command({ as, channel, text });
    if (delivery.acked) return;
    console.error(`Not acknowledged: ${text}: ${delivery.error}`);
    // Slack says so at once; who is told of a timeout cannot know, and looks first.
    if (delivery.error !== 'dispatch_failed') return;
    await sleep(2_000);
  }
}

/** When the largest group that ends at once has ended, milliseconds since the epoch. */
function burstIn(courses: readonly Course[], beganAt: number): number {
  const burst = courses.filter(({ group }) => group === '60 at once');
  return beganAt + Math.max(...burst.map(({ endsAt }) => endsAt));
}

async function askForStatus(
  slack: SlackServer,
  [place]: readonly Place[],
  burstAt: number,
): Promise<boolean> {
  await sleep(Math.max(0, burstAt + 20_000 - Date.now()));
  const as = PEOPLE.at(-1) ?? '';
  const { service = '', environment = '', channel = '' } = place ?? {};
  await slack.command({ as, channel, text: `/forge status ${service} ${environment}` });
  await sleep(3_000);
  return slack
    .messages(channel, as)
    .some(({ blocks }) => JSON.stringify(blocks).includes('Messages lag behind'));
}
