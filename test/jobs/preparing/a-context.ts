import type { Context, Round } from '../../../jobs/preparing/round.ts';
import { readSituation } from '../../../jobs/preparing/situation.ts';
import type { World } from '../../../jobs/world.ts';
import type { DeploymentEvent } from '../../../src/domain/events.ts';
import { everybody } from '../../fakes/everybody.ts';
import type { CodeWorld } from '../code-world.ts';

/** Carries out each operation once, in a real database, and keeps no journal: for what happens between two of them. */
export function aContext(deployment: number, { store }: Pick<World, 'store'>): Context {
  const { signal } = new AbortController();
  let count = 0;
  return {
    ...{ runId: 'a run', key: undefined, input: { deployment }, version: 1 },
    operation: (name, body) => body({ attempt: 1, unknown: false, idempotencyKey: name, signal }),
    async commit(_name, changes) {
      count += 1;
      const by = { kind: 'job', run: 'a run' } as const;
      const cause = `a run/${count}`;
      const told = await store.commit(
        changes.map((change) => (change.kind === 'append' ? { by, cause, ...change } : change)),
      );
      return told === 'conflict' ? told : 'committed';
    },
    ...{ sleep: unasked, waitFor: unasked, now: unasked, random: unasked, uuid: unasked, spawn: unasked },
    ...{ runAll: unasked, startOver: unasked, shield: (section) => section() },
  };
}

export function aWorld({ adapters, smoke, metrics, deadMan }: CodeWorld): World {
  return { ...adapters, smokeProbe: smoke.probe, metrics, deadMan, people: everybody };
}

/** How the deployment stands now. */
export async function aRound(context: Context, world: World): Promise<Round> {
  const seen = await readSituation(context, 'how it stands', world);
  return { ...seen, number: 1, name: (what) => what };
}

/** As somebody else does at the same time. */
export async function append(context: Context, event: DeploymentEvent, { store }: World): Promise<void> {
  const { deployment } = context.input;
  const { version = 0 } = (await store.deployment(deployment)) ?? {};
  const told = await context.commit('meanwhile', [
    { kind: 'append', deployment, expect: version, events: [event] },
  ]);
  if (told === 'conflict') throw new Error(`${event.type} was not appended`);
}

function unasked(): Promise<never> {
  return Promise.reject(new Error('Nothing of that is asked for here'));
}
