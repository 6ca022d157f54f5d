import type { Client } from '../../../sandbox/client.ts';
import type { ForgeInHand, PolicyChange } from './forge-in-hand.ts';
import type { Followed, Person } from './person.ts';
import { until } from './until.ts';

/** How long things take: short for development, long enough for 100,000 requests otherwise. */
export type Pace = {
  metricPeriod: string;
  bake: string;
  lastBake: string;
  standby: string;
  pausedMs: number;
};

type Stage = { client: Client; forge: ForgeInHand; person: Person; pace: Pace };

export type Phase = {
  name: string;
  environment: 'staging' | 'production';
  /** What the policy must say; Forge is started anew with it. */
  policy?: (pace: Pace) => PolicyChange;
  /** Ends when nothing of it is under way any more. */
  play(stage: Stage): Promise<void>;
};

const CHANNEL = { staging: 'deploys', production: 'production' } as const;
const ENDED_WITHIN_MS = 400_000;
const LIVE = / is live on /;
const BACK = /Aborted: .* is back on /;
const FAILED_AND_BACK = /Failed: .* is back on /;

const inProduction = (setting: string) => ['environments', 'production', setting];

/** Whatever is asked for starts by itself, at any time, and whoever paused it may resume it. */
const AT_ONCE: PolicyChange = [
  [['people', 'everyone'], 'approver'],
  [inProduction('approvals'), undefined],
  [inProduction('windows'), undefined],
];

function blueGreen({ lastBake, metricPeriod }: Pace): PolicyChange {
  return [
    ...AT_ONCE,
    [inProduction('strategy'), { 'blue-green': [`100% for ${lastBake}`] }],
    [['timing', 'metric period'], metricPeriod],
  ];
}

function canary({ bake, lastBake, metricPeriod }: Pace): PolicyChange {
  const steps = [`10% for ${bake}`, `25% for ${bake}`, `50% for ${bake}`, `100% for ${lastBake}`];
  return [
    ...AT_ONCE,
    [inProduction('strategy'), { canary: steps }],
    [['timing', 'metric period'], metricPeriod],
  ];
}

/** In this order: each finds production as the one before left it. */
export const phases: readonly Phase[] = [
  {
    name: 'rolling',
    environment: 'staging',
    async play(stage) {
      await stage.person.reads(await deploys(stage, 'staging'), LIVE);
    },
  },
  {
    name: 'blue-green',
    environment: 'production',
    policy: blueGreen,
    async play(stage) {
      await stage.person.reads(await deploys(stage, 'production'), LIVE);
    },
  },
  {
    name: 'canary',
    environment: 'production',
    policy: canary,
    async play(stage) {
      await stage.person.reads(await deploys(stage, 'production'), LIVE);
    },
  },
  {
    name: 'pause and resume',
    environment: 'production',
    policy: canary,
    async play(stage) {
      const { person, pace } = stage;
      const followed = await deploysUpTo(stage, 10);
      await person.press(followed, 'Pause');
      await person.waits(pace.pausedMs);
      await person.press(followed, 'Resume');
      await person.reads(followed, confirmed(25), ENDED_WITHIN_MS);
      await person.press(followed, 'Abort');
      await person.reads(followed, BACK);
    },
  },
  {
    name: 'abort in the middle',
    environment: 'production',
    policy: canary,
    async play(stage) {
      const followed = await deploysUpTo(stage, 25);
      await stage.person.press(followed, 'Abort');
      await stage.person.reads(followed, BACK);
    },
  },
  {
    name: 'rollback in the middle',
    environment: 'production',
    policy: canary,
    async play(stage) {
      const followed = await deploysUpTo(stage, 50);
      await stage.person.typesAndAgrees(followed.channel, '/forge rollback api production');
      await stage.person.reads(followed, BACK);
    },
  },
  {
    name: 'rollback after 100 %',
    environment: 'production',
    policy: canary,
    async play(stage) {
      const followed = await deploys(stage, 'production');
      await stage.person.reads(followed, LIVE);
      const back = await stage.person.beginsByPressing(followed, 'Roll back');
      await stage.person.reads(back, LIVE);
    },
  },
  {
    name: 'dead-man return',
    environment: 'production',
    policy: canary,
    async play(stage) {
      const { client, forge, person } = stage;
      const before = await production(client);
      const followed = await deploysUpTo(stage, 25);
      await forge.killAndKeepDown();
      await until('traffic returned by itself', ENDED_WITHIN_MS, async () => {
        const { live, shares } = await production(client);
        const share = shares.find(({ version }) => version === before.live?.version);
        return live?.version === before.live?.version && share?.percent === 100;
      });
      await forge.comeBack();
      await person.reads(followed, FAILED_AND_BACK);
    },
  },
  {
    name: 'standby end',
    environment: 'production',
    policy: (pace) => [...blueGreen(pace), [inProduction('standby'), pace.standby]],
    async play(stage) {
      const followed = await deploys(stage, 'production');
      await stage.person.reads(followed, LIVE);
      const { live } = await production(stage.client);
      await until('the colour on standby has no task any more', ENDED_WITHIN_MS, async () => {
        const { tasks } = await production(stage.client);
        return tasks.every(({ colour }) => colour === live?.colour);
      });
    },
  },
];

/** Asks for the version that is not live. */
async function deploys({ client, person }: Stage, environment: Phase['environment']): Promise<Followed> {
  const { live } = await stateOf(client, environment);
  const version = live?.version === 'v1.1.0' ? 'v1.0.0' : 'v1.1.0';
  return person.begins(CHANNEL[environment], `/forge deploy api ${environment} ${version}`);
}

async function deploysUpTo(stage: Stage, weight: number): Promise<Followed> {
  const followed = await deploys(stage, 'production');
  await stage.person.reads(followed, confirmed(weight), ENDED_WITHIN_MS);
  return followed;
}

/** The line of the message that says how traffic is split, once the load balancer says so too. */
function confirmed(weight: number): RegExp {
  return new RegExp(`^\\*Traffic\\* .* ${weight} % .*confirmed`, 'm');
}

const production = (client: Client) => stateOf(client, 'production');

async function stateOf(client: Client, environment: string) {
  const { services } = await client.state();
  const found = services.find((one) => one.name === 'api' && one.environment === environment);
  if (found === undefined) throw new Error(`The sandbox has no api in ${environment}.`);
  return found;
}
