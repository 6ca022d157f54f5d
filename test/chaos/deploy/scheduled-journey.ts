import { waitUntil } from '../faults/wait-until.ts';
import type { DeployWorld } from './deploy-world.ts';
import { type Journey, otherVersion } from './journey.ts';
import type { Settings } from './policy-text.ts';
import { insist, liveVersion, type Stage, typeAndConfirm, untilEnded } from './stage.ts';

/** From the form to its time: enough for a busy machine to come to where it is killed. */
const AHEAD = 'in 15 seconds';

/** A time of its own, with both drivers on: Forge's clock, and EventBridge Scheduler by its queue. */
export function scheduling(settings: Settings): Journey {
  return {
    name: 'rolling: scheduled',
    ...{ environment: 'staging', settings: { ...settings, schedules: true } },
    // Who asks again after a kill at this moment may mean a time that is past, or have scheduled two.
    async arrange(stage) {
      const before = await liveVersion(stage);
      const { store } = stage.world;
      const number = await store.nextNumber();
      await insist(stage, {
        what: `schedule ${otherVersion(before)}`,
        act: () => typeAndConfirm(stage, `schedule api staging ${otherVersion(before)} ${AHEAD}`),
        hasCome: async () => (await store.deployment(number)) !== undefined,
      });
      return { number, before };
    },
    async act(stage, { number, before }) {
      await untilEnded(stage, number);
      await judgeStart(stage, number);
      const live = otherVersion(before);
      return { number, phase: 'succeeded', live, rollouts: 1, revisions: 1, standby: 'none' };
    },
  };
}

/** A schedule that was fired is gone, and a message that was heard is taken away. Milliseconds. */
const QUIET_WITHIN = 30_000;

function untilNothingRings({ aws }: DeployWorld): Promise<true | undefined> {
  const { schedules, queues } = aws.truth;
  const isQuiet = () => schedules.length === 0 && queues.every(({ messages }) => messages.length === 0);
  return waitUntil(() => isQuiet() || undefined, QUIET_WITHIN);
}

/** Once, not before its time, and nothing is left that would ring again. */
async function judgeStart({ world, found }: Stage, number: number): Promise<void> {
  const { startAt = 0, startedAt = 0 } = (await world.store.deployment(number)) ?? {};
  if (startedAt < startAt) found.push(`#${number} started ${startAt - startedAt} ms before its time`);
  const events = await world.store.events(number);
  const starts = events.filter(({ event }) => event.type === 'started').length;
  if (starts !== 1) found.push(`#${number} started ${starts} times`);
  if ((await untilNothingRings(world)) === undefined) {
    found.push(`EventBridge or the queue still has something of #${number}`);
  }
}
