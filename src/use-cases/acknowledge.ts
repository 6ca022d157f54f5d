import type { Caller } from '../domain/caller.ts';
import { ending } from '../domain/decisions.ts';
import { type Deployment, isBlocked, isFinished } from '../domain/deployment.ts';
import { UserError } from '../domain/errors.ts';
import type { Adapters } from './adapters.ts';
import { decided, type Steering } from './steer-deployment.ts';

/**
 * A person looks after what does not get on: nobody is called again, and Forge goes on trying. The first one counts. Throws a
 * `UserError` where there is nothing to look after.
 */
export async function acknowledge(
  request: Steering,
  caller: Caller,
  { store }: Pick<Adapters, 'store'>,
): Promise<Deployment> {
  return decided(request, store, async (deployment) => {
    requireAcknowledgeable(deployment);
    const { number, version } = deployment;
    return store.commit([
      {
        ...({ kind: 'append', deployment: number, expect: version } as const),
        events: [{ type: 'acknowledged' }],
        by: caller.actor,
        ...(request.why === undefined ? {} : { why: request.why }),
        cause: caller.arrival,
      },
      { kind: 'finish-arrival', id: caller.arrival, outcome: `acknowledgement of #${number}` },
    ]);
  });
}

function requireAcknowledgeable(deployment: Deployment): void {
  const name = `#${deployment.number}`;
  if (isFinished(deployment)) {
    throw new UserError(`There is nothing of ${name} to look after any more: ${ending(deployment)}`);
  }
  const by = deployment.acknowledgedBy;
  if (by !== undefined) {
    const who = by.kind === 'person' ? `<@${by.userId}>` : 'Somebody';
    throw new UserError(
      `${who} looks after ${name} already, and nobody is called again. Ask them how you can help.`,
    );
  }
  if (isBlocked(deployment)) return;
  throw new UserError(`${name} gets on by itself: nobody is called about it. Its message shows how it goes.`);
}
