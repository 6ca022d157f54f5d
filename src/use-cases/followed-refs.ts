import {
  type AutomaticPlace,
  type Followed,
  type FollowedOutcome,
  fullNameOf,
  type PushedRef,
  type RefName,
  refNameOf,
  shortNameOf,
} from '../domain/automatic.ts';
import { fitsPattern } from '../domain/name-pattern.ts';
import type { EnvironmentPolicy, ServicePolicy } from '../domain/policy.ts';
import { byVersion, isGreaterVersion, seriesOf } from '../domain/version-order.ts';
import type { ToFollow } from '../ports/automatic.ts';
import type { CodeHost } from '../ports/code-host.ts';
import type { CallOptions } from '../ports/platform.ts';
import type { Store } from '../ports/store.ts';

/** What a ref points at now, which nobody has dealt with; `after`: what was followed of it before. */
export type News = { ref: string; commit: string; after?: string };

/** `isTold`: the code host tells who pushed it. */
export type ToLookAt = PushedRef & { isTold: boolean };

export type Looked = {
  /** The one to deploy. Absent: there is nothing new. */
  newest?: News & { isTold: boolean };
  /** What is not deployed, and why. */
  passedOver: (News & { outcome: FollowedOutcome; says: string })[];
};

type Place = AutomaticPlace & { of: ServicePolicy; in: EnvironmentPolicy };
type Seen = News & ToLookAt & { name: RefName; last: Followed | undefined };

/** Whether pushes of a ref are deployed there. */
export function isFollowed(ref: string, { triggers }: Pick<EnvironmentPolicy, 'triggers'>): boolean {
  const named = refNameOf(ref);
  const pattern = named?.kind === 'branch' ? triggers?.push : triggers?.tag;
  return named !== undefined && pattern !== undefined && fitsPattern(named.name, pattern);
}

/** With what else was pushed there meanwhile: each once, those pushed last at the end. */
export async function allToFollow(input: ToFollow, store: Store): Promise<ToLookAt[]> {
  const refs = new Map<string, ToLookAt>();
  for (const { isTold, ...pushed } of [input, ...(await store.toFollow(input))]) {
    for (const { ref, before } of pushed.refs) {
      const earlier = refs.get(ref);
      refs.delete(ref);
      refs.set(ref, { ref, before: before ?? earlier?.before, isTold: isTold || earlier?.isTold === true });
    }
  }
  return [...refs.values()];
}

/** Of the refs that are there still, the one to deploy: the one pushed last, and of tags like that the greatest version. */
export async function lookAtRefs(
  place: Place,
  { refs, isHeld }: { refs: readonly ToLookAt[]; isHeld: boolean },
  { codeHost, store }: { codeHost: CodeHost; store: Store },
  options: CallOptions,
): Promise<Looked> {
  const seen: Seen[] = [];
  for (const pushed of refs) {
    const { ref } = pushed;
    const name = refNameOf(ref);
    if (name === undefined || !isFollowed(ref, place.in)) continue;
    const commit = await commitOf(place.of.repository, name, codeHost, options);
    if (commit === undefined) continue;
    const at = { ...inPlace(place), ref };
    const after = (await store.lastFollowed(at))?.id;
    const last = await store.lastRead(at);
    if (isDealtWith({ commit, last, before: pushed.before, isHeld })) continue;
    seen.push({ ...pushed, commit, name, last, ...(after === undefined ? {} : { after }) });
  }
  const moved = seen.filter(isMoved);
  const others = seen.filter((one) => !moved.includes(one));
  const newest = newestOf(others);
  const greater = newest?.name.kind === 'tag' ? await greaterTag(place, newest.name.name, store) : undefined;
  const deployed = greater === undefined ? newest : undefined;
  const older = others.filter((one) => one !== deployed);
  const says = olderWords(greater, newest);
  return {
    ...(deployed === undefined ? {} : { newest: { ...newsOf(deployed), isTold: deployed.isTold } }),
    passedOver: [
      ...moved.map((one) => ({ ...newsOf(one), outcome: 'moved' as const, says: movedWords(one) })),
      ...older.map((one) => ({ ...newsOf(one), outcome: 'older' as const, says })),
    ],
  };
}

/** What a branch or tag points at now; undefined: it is gone. Errors as the code host's. */
export async function commitOf(
  repository: string,
  { kind, name }: RefName,
  codeHost: CodeHost,
  options: CallOptions,
): Promise<string | undefined> {
  const now = await codeHost.ref(repository, name, options);
  if (now.kind === kind) return now.sha;
  if (now.kind !== 'branch') return undefined;
  // A branch of the same name is found before a tag.
  const { tags } = await codeHost.refs(repository, options);
  return tags[name];
}

/** What was pushed while it was held is dealt with once nobody holds it any more; what is where it was before is no news. */
function isDealtWith({
  commit,
  last,
  before,
  isHeld,
}: {
  commit: string;
  last: Followed | undefined;
  before: string | undefined;
  isHeld: boolean;
}): boolean {
  if (last === undefined) return before === commit;
  return last.commit === commit && (last.outcome !== 'held' || isHeld);
}

/** What a tag names is agreed on once; whoever moves it may mean something else than those who rely on it. */
function isMoved({ name, last, before, commit }: Seen): boolean {
  if (name.kind !== 'tag') return false;
  const known = last?.commit ?? before;
  return known !== undefined && known !== commit;
}

function newestOf(seen: readonly Seen[]): Seen | undefined {
  const last = seen.at(-1);
  if (last?.name.kind !== 'tag') return last;
  const series = seriesOf(last.name.name);
  const tags = seen.filter(({ name }) => name.kind === 'tag' && seriesOf(name.name) === series);
  return tags.toSorted((left, right) => byVersion(left.name.name, right.name.name)).at(-1);
}

/** A tag of a greater version that was asked for there by itself, wherever it is now. */
async function greaterTag(place: Place, name: string, store: Store): Promise<string | undefined> {
  const followed = await store.followedIn(inPlace(place));
  const asked = followed.filter(
    ({ outcome, ref }) => (outcome === 'requested' || outcome === 'moved') && refNameOf(ref)?.kind === 'tag',
  );
  return asked.map(({ ref }) => shortNameOf(ref)).find((other) => isGreaterVersion(other, name));
}

function inPlace({ service, environment }: Place): AutomaticPlace {
  return { service, environment };
}

function newsOf({ name, commit, after }: Seen): News {
  return { ref: fullNameOf(name), commit, ...(after === undefined ? {} : { after }) };
}

function movedWords({ commit, last, before }: Seen): string {
  const old = last?.commit ?? before ?? '';
  return `The tag was moved from ${old.slice(0, 7)} to ${commit.slice(0, 7)}. Nothing is deployed by itself because of that: give what you want a new tag.`;
}

/** `greater`: a tag that was asked for before; else `newest` is what is deployed. */
function olderWords(greater: string | undefined, newest: Seen | undefined): string {
  const tag = greater ?? (newest?.name.kind === 'tag' ? newest.name.name : undefined);
  return tag === undefined
    ? `${newest?.name.name} was pushed after it, and takes its place.`
    : `${tag} is newer, so nothing is done about this one.`;
}
