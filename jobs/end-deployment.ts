import { z } from 'zod';
import { DeploymentEvent } from '../src/domain/events.ts';
import type { Store } from '../src/ports/store.ts';
import { endings } from './endings.ts';
import type { JobChange, JobContext } from './engine/engine.ts';

type Ended = Parameters<typeof endings>[1];

const Appends = z.array(
  z.strictObject({
    kind: z.literal('append'),
    deployment: z.int(),
    expect: z.literal('any'),
    events: z.array(DeploymentEvent),
  }),
);

/** Ends a deployment: works out, once, what its end means for others, and writes it all in one commit. */
export async function endDeployment(
  context: JobContext,
  deployment: number,
  event: Ended,
  store: Store,
): Promise<void> {
  const worked = await context.operation('work out the ending', () => endings(deployment, event, store));
  const changes: JobChange[] = Appends.parse(worked);
  const result = await context.commit(`end as ${event.type}`, changes);
  if (result === 'conflict') throw new Error(`The end of #${deployment} could not be written`);
}
