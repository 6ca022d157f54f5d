import { refNameOf } from '../domain/automatic.ts';
import { messageOf } from '../domain/errors.ts';
import { servicesIn } from '../domain/policy.ts';
import { DELIVERY_KIND, type DeliveryDesk, PushDelivery, SAID_KIND } from '../ports/delivery.ts';
import type { Log } from '../ports/log.ts';
import type { Arrival, Change } from '../ports/store.ts';
import type { Adapters } from './adapters.ts';
import { followChange } from './follow-run.ts';
import { isFollowed } from './followed-refs.ts';

type Used = Pick<Adapters, 'store' | 'policy'> & { log: Log };

/** Pauses while the database cannot be used. Milliseconds. */
const PAUSES = [1_000, 3_000, 10_000];
const NONE = /^0+$/u;

/** Keeps what the code host delivers before it is told so, and has the places that it is about look at it, once. */
export function createDeliveryDesk(used: Used & Pick<Adapters, 'clock'>): DeliveryDesk {
  const { store } = used;
  return {
    async keep({ id, push }) {
      // Asked for in one turn of the event loop, so both are written together or neither is.
      const [isNew, isFirstSaid] = await Promise.all([
        store.keepArrival({ id, kind: DELIVERY_KIND, payload: push }),
        store.keepArrival({ id: push.said, kind: SAID_KIND, payload: id }),
      ]);
      if (isNew && !isFirstSaid) await store.finishArrival(id, 'said before');
      if (!isNew && isFirstSaid) await store.finishArrival(push.said, 'delivered before');
      return isNew && isFirstSaid;
    },
    process: (id) => processDelivery(id, used),
  };
}

/** Takes up what was kept and not finished when the last process ended. */
export async function takeUpDeliveries(
  arrivals: readonly Arrival[],
  used: Used & Pick<Adapters, 'clock'>,
): Promise<void> {
  for (const { id, kind } of arrivals) if (kind === DELIVERY_KIND) await processDelivery(id, used);
  // Those of deliveries that were dealt with are finished with them; others nobody waits for.
  for (const { id, kind } of arrivals) if (kind === SAID_KIND) await used.store.finishArrival(id, 'taken up');
}

/** What the database does not let begin now is begun after a pause; at last it is left to the next start, and to the next look at all refs. */
async function processDelivery(id: string, used: Used & Pick<Adapters, 'clock'>): Promise<void> {
  for (const pause of PAUSES) {
    try {
      await processOnce(id, used);
      return;
    } catch (error) {
      used.log.error('What GitHub delivered could not be dealt with', {
        delivery: id,
        error: messageOf(error),
        tryAgainInMs: pause,
      });
    }
    await used.clock.sleep(pause);
  }
  await processOnce(id, used);
}

async function processOnce(id: string, { store, policy, log }: Used): Promise<void> {
  const arrival = await store.beginArrival(id);
  if (arrival === undefined) return;
  const parsed = PushDelivery.safeParse(arrival.payload);
  if (!parsed.success) {
    log.error('A delivery was kept that this version cannot read', {
      delivery: id,
      error: messageOf(parsed.error),
    });
    await store.finishArrival(id, 'unreadable');
    return;
  }
  const { data: push } = parsed;
  const { outcome, changes } = whatFollows(push, id, policy);
  log.info('GitHub told of a push', { delivery: id, repository: push.repository, ref: push.ref, outcome });
  await store.commit([
    ...changes,
    { kind: 'finish-arrival', id: push.said, outcome },
    { kind: 'finish-arrival', id, outcome },
  ]);
}

/** Which places look at it. What they find there decides, never what was delivered. */
function whatFollows(
  push: PushDelivery,
  id: string,
  policy: Used['policy'],
): { outcome: string; changes: Change[] } {
  const { ref, before, after, commit, login, email } = push;
  if (refNameOf(ref) === undefined) return { outcome: 'neither a branch nor a tag', changes: [] };
  if (NONE.test(after)) return { outcome: 'deleted', changes: [] };
  if (policy.github?.triggers === undefined) return { outcome: 'nothing is deployed by itself', changes: [] };
  const services = policy.services.filter(
    ({ repository }) => repository.toLowerCase() === push.repository.toLowerCase(),
  );
  const [service] = services;
  const input = { refs: [NONE.test(before) ? { ref } : { ref, before }], isTold: true };
  const follows = policy.environments
    .filter((environment) => isFollowed(ref, environment))
    .flatMap(({ name }) =>
      servicesIn(policy, name)
        .filter((one) => services.includes(one))
        .map((one) => followChange({ ...input, service: one.name, environment: name }, id)),
    );
  if (service === undefined || follows.length === 0)
    return { outcome: 'nothing is deployed of it', changes: [] };
  const { repository } = service;
  const told = {
    repository,
    ref,
    commit,
    ...(login === undefined ? {} : { login }),
    ...(email === undefined ? {} : { email }),
  };
  return {
    outcome: `looked at by ${follows.length}`,
    changes: [{ kind: 'keep-push', push: told }, ...follows],
  };
}
