import { z } from 'zod';
import { Actor } from '../src/domain/actor.ts';
import { DeploymentEvent } from '../src/domain/events.ts';
import type { Store } from '../src/ports/store.ts';
import { endings } from './endings.ts';
import type { JobChange, JobContext } from './engine/engine.ts';
import { readAgain } from './trouble.ts';

type Ended = Parameters<typeof endings>[1];

const Append = z.strictObject({
  kind: z.literal('append'),
  deployment: z.int(),
  expect: z.union([z.literal('any'), z.int()]),
  events: z.array(DeploymentEvent),
});

const Changes = z.array(
  z.union([
    Append,
    Append.extend({ by: Actor, cause: z.string() }),
    z.discriminatedUnion('kind', [
      z.strictObject({
        kind: z.literal('start-run'),
        id: z.string(),
        job: z.string(),
        input: z.json(),
        key: z.string(),
        at: z.int(),
      }),
      z.strictObject({ kind: z.literal('abort-run'), run: z.string(), by: z.string(), reason: z.string() }),
      z.strictObject({
        kind: z.literal('hold-automatic'),
        service: z.string(),
        environment: z.string(),
        deployment: z.int(),
        by: Actor,
      }),
      z.strictObject({
        kind: z.literal('announce'),
        announcement: z.strictObject({
          id: z.string(),
          about: z.string(),
          tells: z.literal('automatic-held'),
          channel: z.string(),
          notBefore: z.int(),
        }),
      }),
    ]),
  ]),
);

/**
 * Ends a deployment: works out what its end means for others, and writes it all in one commit. Does nothing when it has
 * ended already, since a person took over.
 */
export async function endDeployment(
  context: JobContext,
  deployment: number,
  event: Ended,
  store: Store,
): Promise<void> {
  for (let round = 1; ; round += 1) {
    const name = round === 1 ? '' : ` (round ${round})`;
    const workOut = () => endings(deployment, event, store);
    const worked = await context.operation(`work out the ending${name}`, workOut, { retry: readAgain });
    const changes: JobChange[] = Changes.parse(worked);
    if (changes.length === 0) return;
    const result = await context.commit(`end as ${event.type}${name}`, changes);
    if (result !== 'conflict') return;
  }
}
