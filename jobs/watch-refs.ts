import { fullNameOf, type PushedRef } from '../src/domain/automatic.ts';
import { type Policy, servicesIn } from '../src/domain/policy.ts';
import type { Clock } from '../src/ports/clock.ts';
import type { CodeHost } from '../src/ports/code-host.ts';
import type { Log } from '../src/ports/log.ts';
import type { Change, Store } from '../src/ports/store.ts';
import { isAutomatic } from '../src/use-cases/automatic-hold.ts';
import { followChange } from '../src/use-cases/follow-run.ts';
import { isFollowed } from '../src/use-cases/followed-refs.ts';
import { createUnreadRefs } from './unread-refs.ts';

/** Beside deliveries, which may be lost: between two looks. Milliseconds. */
const CATCH_UP = 3 * 60_000;
/** Without triggers there is nothing to look at until the policy changes. Milliseconds. */
const IDLE = 30_000;
/** Between two looks at the policy. Milliseconds. */
const STEP = 5_000;
/** One look at a repository takes no longer. Milliseconds. */
const WITHIN = 60_000;

type Used = { store: Store; policy: Policy; codeHost: CodeHost; clock: Clock; log: Log };

/**
 * Looks at every repository of which something is deployed by itself, and has the places look at the refs that changed. The
 * first look at a repository only remembers what is there. Runs while this process leads.
 */
export async function watchRefs(used: Used, signal: AbortSignal): Promise<void> {
  const { policy } = used;
  const unread = createUnreadRefs(used);
  for (;;) {
    for (const repository of watched(policy)) {
      try {
        await watch(repository, used, signal);
        unread.wasRead(repository);
      } catch (error) {
        signal.throwIfAborted();
        await unread.wasNot(repository, error);
      }
    }
    await pause(used, signal);
  }
}

/** Ends early where the policy has come to ask for a shorter one. */
async function pause({ policy, clock }: Used, signal: AbortSignal): Promise<void> {
  for (let waited = 0; waited < pauseOf(policy); waited += STEP) {
    await clock.sleep(Math.min(STEP, pauseOf(policy) - waited), signal);
  }
}

/** One look; once what it found is written, the places are told. */
export async function watch(repository: string, used: Used, signal: AbortSignal): Promise<void> {
  const { store, codeHost, clock } = used;
  const options = { signal: AbortSignal.any([signal, AbortSignal.timeout(WITHIN)]) };
  const { branches, tags } = await codeHost.refs(repository, options);
  const refs = { ...named('branch', branches), ...named('tag', tags) };
  const before = await store.seenRefs(repository);
  const changed = before === undefined ? [] : changesOf(before, refs);
  const isSame = before !== undefined && changed.length === 0;
  if (isSame && Object.keys(before).length === Object.keys(refs).length) return;
  await store.commit([
    { kind: 'see-refs', repository, refs },
    ...placesOf(repository, changed, { ...used, at: clock.now() }),
  ]);
}

function watched(policy: Policy): string[] {
  const repositories = policy.environments
    .filter(({ name }) => isAutomatic({ service: '', environment: name }, policy))
    .flatMap(({ name }) => servicesIn(policy, name).map(({ repository }) => repository));
  return [...new Set(repositories)];
}

function pauseOf({ github }: Policy): number {
  const triggers = github?.triggers;
  if (triggers === undefined) return IDLE;
  return triggers.kind === 'polling' ? triggers.pollEvery : CATCH_UP;
}

function named(kind: 'branch' | 'tag', refs: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(refs).map(([name, sha]) => [fullNameOf({ kind, name }), sha]));
}

/** What is new, or points at something else; what is gone is nobody's concern. */
function changesOf(before: Record<string, string>, now: Record<string, string>): PushedRef[] {
  return Object.entries(now)
    .filter(([ref, sha]) => before[ref] !== sha)
    .map(([ref]) => {
      const old = before[ref];
      return old === undefined ? { ref } : { ref, before: old };
    });
}

function placesOf(
  repository: string,
  changed: readonly PushedRef[],
  { policy, at }: { policy: Policy; at: number },
): Change[] {
  return policy.environments.flatMap((environment) => {
    const refs = changed.filter(({ ref }) => isFollowed(ref, environment));
    if (refs.length === 0) return [];
    return servicesIn(policy, environment.name)
      .filter((service) => service.repository === repository)
      .map(({ name }) => {
        const isTold = policy.github?.triggers?.kind === 'webhook';
        return followChange({ service: name, environment: environment.name, refs, isTold }, `seen/${at}`);
      });
  });
}
