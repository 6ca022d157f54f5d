import { refNameOf } from '../domain/automatic.ts';
import { messageOf } from '../domain/errors.ts';
import { type ServicePolicy, servicesIn } from '../domain/policy.ts';
import type { ToldPush } from '../ports/automatic.ts';
import {
  DELIVERY_KIND,
  Delivery,
  type DeliveryDesk,
  type PushDelivery,
  SAID_KIND,
} from '../ports/delivery.ts';
import type { Log } from '../ports/log.ts';
import type { Arrival, Change } from '../ports/store.ts';
import type { Adapters } from './adapters.ts';
import { followChange } from './follow-run.ts';
import { isFollowed } from './followed-refs.ts';
import { isAwaited, type News, wakeByNews } from './wake-by-news.ts';

type Used = Pick<Adapters, 'store' | 'policy'> & { log: Log };

/** Pauses while the database cannot be used. Milliseconds. */
const PAUSES = [1_000, 3_000, 10_000];
const NONE = /^0+$/u;

/** Keeps what the code host delivers before it is told so, and has whatever it is about look at the code host, once. */
export function createDeliveryDesk(used: Used & Pick<Adapters, 'clock'>): DeliveryDesk {
  const { store } = used;
  return {
    isAwaited: (news) => isAwaited(news, used),
    async keep({ id, told }) {
      // Asked for in one turn of the event loop, so both are written together or neither is.
      const [isNew, isFirstSaid] = await Promise.all([
        store.keepArrival({ id, kind: DELIVERY_KIND, payload: told }),
        store.keepArrival({ id: told.said, kind: SAID_KIND, payload: id }),
      ]);
      if (isNew && !isFirstSaid) await store.finishArrival(id, 'said before');
      if (!isNew && isFirstSaid) await store.finishArrival(told.said, 'delivered before');
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

async function processOnce(id: string, used: Used): Promise<void> {
  const { store, log } = used;
  const arrival = await store.beginArrival(id);
  if (arrival === undefined) return;
  const parsed = Delivery.safeParse(arrival.payload);
  if (!parsed.success) {
    log.error('A delivery was kept that this version cannot read', {
      delivery: id,
      error: messageOf(parsed.error),
    });
    await store.finishArrival(id, 'unreadable');
    return;
  }
  const { data: told } = parsed;
  const { outcome, changes } = await whatFollows(told, id, used);
  const { event, repository } = told;
  log.info('GitHub told of something', { delivery: id, event, repository, outcome });
  await store.commit([
    ...changes,
    { kind: 'finish-arrival', id: told.said, outcome },
    { kind: 'finish-arrival', id, outcome },
  ]);
}

/** Who looks at it. What they find decides, never what was delivered. */
async function whatFollows(
  told: Delivery,
  id: string,
  { store, policy }: Used,
): Promise<{ outcome: string; changes: Change[] }> {
  const rings = await wakeByNews(newsIn(told), { id }, { store, policy });
  const woken = `wakes ${rings.length}`;
  if (told.event !== 'push') return { outcome: woken, changes: rings };
  const { outcome, changes } = whatIsFollowed(told, id, policy);
  return { outcome: rings.length === 0 ? outcome : `${outcome}, ${woken}`, changes: [...changes, ...rings] };
}

function newsIn(told: Delivery): News {
  const { repository } = told;
  if (told.event !== 'push') return { repository, branches: told.branches, commits: told.commits };
  const named = refNameOf(told.ref);
  if (named?.kind !== 'branch') return { repository, branches: [], commits: [] };
  return { repository, branches: [named.name], commits: [], base: named.name };
}

/** Which places look at what was pushed. */
function whatIsFollowed(
  push: PushDelivery,
  id: string,
  policy: Used['policy'],
): { outcome: string; changes: Change[] } {
  const { ref, after } = push;
  if (refNameOf(ref) === undefined) return { outcome: 'neither a branch nor a tag', changes: [] };
  if (NONE.test(after)) return { outcome: 'deleted', changes: [] };
  const services = policy.services.filter(
    ({ repository }) => repository.toLowerCase() === push.repository.toLowerCase(),
  );
  const [service] = services;
  if (service === undefined) return { outcome: 'of no repository that is known', changes: [] };
  const follows = policy.github?.triggers === undefined ? [] : followedBy(push, id, { services, policy });
  const kept = pushToKeep(push, service.repository, follows.length > 0);
  return {
    outcome: follows.length === 0 ? 'nothing is deployed of it' : `looked at by ${follows.length}`,
    changes: [{ kind: 'keep-push', push: kept }, ...follows],
  };
}

function followedBy(
  { ref, before }: PushDelivery,
  id: string,
  { services, policy }: { services: readonly ServicePolicy[]; policy: Used['policy'] },
): Change[] {
  const input = { refs: [NONE.test(before) ? { ref } : { ref, before }], isTold: true };
  return policy.environments
    .filter((environment) => isFollowed(ref, environment))
    .flatMap(({ name }) =>
      servicesIn(policy, name)
        .filter((one) => services.includes(one))
        .map((one) => followChange({ ...input, service: one.name, environment: name }, id)),
    );
}

/** Of what is not deployed by itself, it is enough to know whose approval of it counts: without an address. */
function pushToKeep(
  { ref, commit, login, email }: PushDelivery,
  repository: string,
  isDeployed: boolean,
): ToldPush {
  return {
    ...{ repository, ref, commit },
    ...(login === undefined ? {} : { login }),
    ...(email === undefined || !isDeployed ? {} : { email }),
  };
}
