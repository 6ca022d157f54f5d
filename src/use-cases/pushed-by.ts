import type { Pushed } from '../domain/events.ts';
import type { Policy } from '../domain/policy.ts';
import type { CodeHost } from '../ports/code-host.ts';
import type { People } from '../ports/people.ts';
import type { CallOptions } from '../ports/platform.ts';
import type { Store } from '../ports/store.ts';

/** Who pushed, or wrote it, as far as anybody knows. */
export type PushFacts = Pick<Pushed, 'login' | 'person' | 'author'>;

type Push = { repository: string; ref: string; commit: string };
type Known = { store: Store; policy: Policy; people: Pick<People, 'membersOf'> };

/**
 * Who had Forge merge it: what is pushed by that is their doing, though the code host names Forge's App. `not-yet`: something is
 * being merged there, and nobody knows its commit.
 */
export async function mergerOf(
  { repository, commit }: Pick<Push, 'repository' | 'commit'>,
  { store }: Pick<Known, 'store'>,
): Promise<string | 'not-yet' | undefined> {
  const shipments = await store.openShipments({ repository });
  const { by, byHand } = shipments.find(({ merged }) => merged?.commit === commit)?.merged ?? {};
  // Of a merge by hand the code host tells who did it.
  if (by?.kind === 'person' && byHand === undefined) return by.userId;
  return shipments.some(({ phase }) => phase.kind === 'merging') ? 'not-yet' : undefined;
}

/** Who pushed it, as the code host told in a signed delivery. Undefined: it has told nothing of that push. */
export async function toldPusherOf(push: Push, { store, ...known }: Known): Promise<PushFacts | undefined> {
  const told = await store.toldPush(push);
  if (told === undefined) return undefined;
  const { login, email } = told;
  const person = await personOf({ login, email }, known);
  return { ...(login === undefined ? {} : { login }), ...(person === undefined ? {} : { person }) };
}

/**
 * Who wrote it, where nobody told who pushed it. A commit says whatever its author likes: so that is never taken for who pushed,
 * and only keeps the author from voting.
 */
export async function authorOf(
  { repository, commit }: Push,
  { codeHost, ...known }: Known & { codeHost: CodeHost },
  options: CallOptions,
): Promise<PushFacts> {
  const { login, email } = (await codeHost.commit(repository, commit, options))?.author ?? {};
  const author = await personOf({ login, email }, known);
  return author === undefined ? {} : { author };
}

/** By policy, else by an address that both have verified. Undefined: nobody, or more than one. */
async function personOf(
  { login, email }: { login: string | undefined; email: string | undefined },
  { policy, people }: Pick<Known, 'policy' | 'people'>,
): Promise<string | undefined> {
  const named = login === undefined ? undefined : policy.github?.people[login.toLowerCase()];
  if (named !== undefined || email === undefined || !email.includes('@')) return named;
  const [one, ...others] = await people.membersOf(email);
  return others.length === 0 ? one : undefined;
}
