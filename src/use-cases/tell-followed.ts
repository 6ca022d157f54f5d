import { type AutomaticPlace, type FollowedOutcome, refNameOf } from '../domain/automatic.ts';
import { environmentNamed } from '../domain/policy.ts';
import type { Adapters } from './adapters.ts';
import type { News } from './followed-refs.ts';

type Used = Pick<Adapters, 'store' | 'policy' | 'clock'>;

/** How often others may record something at the same moment. */
const TRIES = 10;

/** Once for what was followed before it: whoever comes second leaves it. People are told in the environment’s channel. */
export async function recordFollowed(
  { service, environment }: AutomaticPlace,
  { ref, commit, after }: News,
  came: { outcome: FollowedOutcome; says?: string; login?: string },
  { store, policy, clock }: Used,
): Promise<void> {
  const channel = environmentNamed(policy, environment)?.channel;
  if (channel === undefined || refNameOf(ref) === undefined) return;
  const { outcome, says, login } = came;
  for (let round = 0; round < TRIES; round += 1) {
    const last = await store.lastFollowed({ service, environment, ref });
    if (last?.id !== after) return;
    const id = await store.nextFollowed();
    const followed = { id, service, environment, ref, commit, outcome };
    const result = await store.commit([
      {
        kind: 'record-followed',
        followed: {
          ...followed,
          ...(says === undefined ? {} : { says }),
          ...(login === undefined ? {} : { login }),
        },
        after,
      },
      {
        kind: 'announce',
        announcement: {
          ...{ id: `automatic/${id}`, about: id, tells: 'automatic-not-deployed' },
          ...{ channel, notBefore: clock.now() },
        },
      },
    ]);
    if (result !== 'conflict') return;
  }
  throw new Error(`Others recorded what was pushed ${TRIES} times at the same moment`);
}

/** Once it has lasted longer than the policy lets it, people are told what waits for an answer, once. */
export async function tellSilence(
  { service, environment }: AutomaticPlace,
  { ref, of, since }: { ref: string | undefined; of: 'GitHub' | 'AWS'; since: number | undefined },
  { store, policy, clock }: Used,
): Promise<void> {
  const now = clock.now();
  const channel = environmentNamed(policy, environment)?.channel;
  if (channel === undefined || ref === undefined) return;
  if (since === undefined || now - since < policy.timing.silence) return;
  await store.commit([
    {
      kind: 'announce',
      announcement: {
        ...{ id: `automatic-waits/${service}/${environment}/${since}`, tells: 'automatic-waits' },
        ...{ about: [service, environment, of, ref].join('/'), channel, notBefore: now },
      },
    },
  ]);
}
