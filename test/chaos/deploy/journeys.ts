import type { Environment } from './deploy-world.ts';
import { aborting, goingBad, unreachable } from './halfway-journeys.ts';
import { type Arranged, type Journey, otherVersion } from './journey.ts';
import type { Settings } from './policy-text.ts';
import { scheduling } from './scheduled-journey.ts';
import { ask, insist, liveVersion, type Stage, typeAndConfirm, until, untilEnded } from './stage.ts';

const QUICK = { strategy: '{ blue-green: [100% for 300ms] }', standby: '1h', after: '10m' };
const CANARY = '{ canary: [10% for 300ms, 25% for 300ms, 50% for 300ms, 100% for 300ms] }';
const HALFWAY = '{ canary: [10% for 200ms, 50% for 10m, 100% for 200ms] }';
const ALL_THE_WAY = '{ blue-green: [100% for 10m] }';

/** Longer than the dead-man switch waits, and what a process needs to start. */
const SILENT_MS = 6_000;
/** The switch may undo the first shift before it was confirmed: that looks as if it had never been made, and is made again. */
const THROUGH = [
  [0, 50, 100],
  [0, 50, 0, 50, 100],
];

export const JOURNEYS: readonly Journey[] = [
  deploying('rolling', 'staging', { ...QUICK, strategy: 'blue-green' }),
  scheduling({ ...QUICK, strategy: 'blue-green' }),
  deploying('blue-green', 'production', QUICK, [0, 100]),
  deploying('canary', 'production', { ...QUICK, strategy: CANARY }, [0, 10, 25, 50, 100]),
  rollingBack('rolling', 'staging', QUICK),
  rollingBack('blue-green', 'production', QUICK),
  aborting('rolling', 'staging', QUICK),
  aborting('blue-green', 'production', { ...QUICK, strategy: ALL_THE_WAY }, 100),
  aborting('canary', 'production', { ...QUICK, strategy: HALFWAY }, 50),
  goingBad({ ...QUICK, strategy: HALFWAY }),
  unreachable({ ...QUICK, strategy: HALFWAY }),
  fallingSilent({ ...QUICK, strategy: '{ canary: [50% for 3s, 100% for 300ms] }', after: '4s' }),
  endingStandby({ ...QUICK, standby: '6s' }),
];

function deploying(
  name: string,
  environment: Environment,
  settings: Settings,
  weights?: readonly number[],
): Journey {
  return {
    name: `${name}: deploy`,
    ...{ environment, settings },
    arrange: async (stage) => ({ number: 0, before: await liveVersion(stage) }),
    async act(stage, { before }) {
      const number = await ask(stage, otherVersion(before));
      await untilEnded(stage, number);
      return {
        ...{ number, phase: 'succeeded', live: otherVersion(before) },
        ...(weights === undefined ? {} : { weights: [weights] }),
        ...{ rollouts: environment === 'staging' ? 1 : 2, revisions: 1, standby: 'kept' },
      };
    },
  };
}

async function deployed(stage: Stage): Promise<Arranged> {
  const before = await liveVersion(stage);
  const number = await ask(stage, otherVersion(before));
  await untilEnded(stage, number);
  return { number, before };
}

function rollingBack(name: string, environment: Environment, settings: Settings): Journey {
  return {
    name: `${name}: roll back`,
    ...{ environment, settings },
    arrange: deployed,
    async act(stage, { number: undone, before }) {
      const { store } = stage.world;
      const number = await store.nextNumber();
      await insist(stage, {
        what: 'roll back',
        act: () => typeAndConfirm(stage, `rollback #${undone}`),
        hasCome: async () => (await store.deployment(number)) !== undefined,
      });
      await untilEnded(stage, number);
      await untilEnded(stage, undone);
      return {
        ...{ number, phase: 'succeeded', live: before },
        ...(environment === 'staging' ? {} : { weights: [[0, 100]] }),
        ...{ rollouts: environment === 'staging' ? 1 : 2, revisions: 1, standby: 'none' },
      };
    },
  };
}

function endingStandby(settings: Settings): Journey {
  return {
    name: 'blue-green: standby ends',
    ...{ environment: 'production', settings },
    arrange: deployed,
    async act(stage, { number, before }) {
      await until(stage, number, {
        what: 'without its standby',
        isSo: ({ standby }) => Object.values(standby).some(({ endedAt }) => endedAt !== undefined),
      });
      await untilEnded(stage, number);
      return {
        ...{ number, phase: 'succeeded', live: otherVersion(before), weights: [[100]] },
        ...{ rollouts: 1, revisions: 0, standby: 'none' },
      };
    },
  };
}

/** The switch fires where it was armed, and else the deployment goes on; a machine that is too slow makes it fire too. */
function fallingSilent(settings: Settings): Journey {
  return {
    name: 'canary: falls silent',
    ...{ environment: 'production', settings, downMs: SILENT_MS },
    arrange: async (stage) => ({ number: 0, before: await liveVersion(stage) }),
    async act(stage, { before }) {
      const number = await ask(stage, otherVersion(before));
      await untilEnded(stage, number);
      const state = await stage.world.store.deployment(number);
      const isBack = state?.phase.kind === 'rolled-back';
      const events = await stage.world.store.events(number);
      if (isBack && !events.some(({ event }) => event.type === 'switch-fired')) {
        stage.found.push(`#${number} is rolled back, and the switch did not fire`);
      }
      const shared = { number, rollouts: 2, revisions: 1 };
      if (!isBack) {
        const live = otherVersion(before);
        return { ...shared, phase: 'succeeded', live, weights: THROUGH, standby: 'kept' };
      }
      const weights = [[0, 50, 0], [0, 50, 100, 0], [0]];
      return { ...shared, phase: 'rolled-back', live: before, weights, standby: 'none' };
    },
  };
}
