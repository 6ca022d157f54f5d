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
import { byVersion } from '../domain/version-order.ts';
import type { CodeHost } from '../ports/code-host.ts';
import type { CallOptions } from '../ports/platform.ts';
import type { Store } from '../ports/store.ts';

/** What a ref points at now, which nobody has dealt with; `after`: what was followed of it before. */
export type News = { ref: string; commit: string; after?: string };

export type Looked = {
  /** The one to deploy. Absent: there is nothing new. */
  newest?: News;
  /** What is not deployed, and why. */
  passedOver: (News & { outcome: FollowedOutcome; says: string })[];
};

type Place = AutomaticPlace & { of: ServicePolicy; in: EnvironmentPolicy };
type Seen = News & { name: RefName; last: Followed | undefined; before: string | undefined };

/** Whether pushes of a ref are deployed there. */
export function isFollowed(ref: string, { triggers }: Pick<EnvironmentPolicy, 'triggers'>): boolean {
  const named = refNameOf(ref);
  const pattern = named?.kind === 'branch' ? triggers?.push : triggers?.tag;
  return named !== undefined && pattern !== undefined && fitsPattern(named.name, pattern);
}

/** Of the refs that are there still, the one to deploy: of tags the greatest version, of branches the one pushed last. */
export async function lookAtRefs(
  place: Place,
  { refs, isHeld }: { refs: readonly PushedRef[]; isHeld: boolean },
  { codeHost, store }: { codeHost: CodeHost; store: Store },
  options: CallOptions,
): Promise<Looked> {
  const seen: Seen[] = [];
  for (const { ref, before } of refs) {
    const name = refNameOf(ref);
    if (name === undefined || !isFollowed(ref, place.in)) continue;
    const commit = await commitOf(place.of.repository, name, codeHost, options);
    if (commit === undefined) continue;
    const last = await store.lastFollowed({ ...inPlace(place), ref });
    if (isDealtWith({ commit, last, isHeld })) continue;
    seen.push({ ref, commit, name, last, before, ...(last === undefined ? {} : { after: last.id }) });
  }
  const moved = seen.filter(isMoved);
  const others = seen.filter((one) => !moved.includes(one));
  const newest = newestOf(others);
  const greater = newest?.name.kind === 'tag' ? await greaterTag(place, newest.name.name, store) : undefined;
  const deployed = greater === undefined ? newest : undefined;
  const older = others.filter((one) => one !== deployed);
  const by = greater ?? (newest === undefined ? '' : shortNameOf(newest.ref));
  return {
    ...(deployed === undefined ? {} : { newest: newsOf(deployed) }),
    passedOver: [
      ...moved.map((one) => ({ ...newsOf(one), outcome: 'moved' as const, says: movedWords(one) })),
      ...older.map((one) => ({ ...newsOf(one), outcome: 'older' as const, says: olderWords(by) })),
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

/** What was pushed while it was held is dealt with once nobody holds it any more. */
function isDealtWith({
  commit,
  last,
  isHeld,
}: {
  commit: string;
  last: Followed | undefined;
  isHeld: boolean;
}): boolean {
  return last?.commit === commit && (last.outcome !== 'held' || isHeld);
}

/** What a tag names is agreed on once; whoever moves it may mean something else than those who rely on it. */
function isMoved({ name, last, before, commit }: Seen): boolean {
  if (name.kind !== 'tag') return false;
  const known = last?.commit === undefined || last.commit === '' ? before : last.commit;
  return known !== undefined && known !== commit;
}

function newestOf(seen: readonly Seen[]): Seen | undefined {
  const tags = seen.filter(({ name }) => name.kind === 'tag');
  const sorted = tags.toSorted((left, right) => byVersion(left.name.name, right.name.name));
  return sorted.at(-1) ?? seen.at(-1);
}

/** A tag of a greater version that was asked for there by itself. */
async function greaterTag(place: Place, name: string, store: Store): Promise<string | undefined> {
  const followed = await store.followedIn(inPlace(place));
  const asked = followed.filter(
    ({ outcome, ref }) => outcome === 'requested' && refNameOf(ref)?.kind === 'tag',
  );
  return asked.map(({ ref }) => shortNameOf(ref)).find((other) => byVersion(other, name) > 0);
}

function inPlace({ service, environment }: Place): AutomaticPlace {
  return { service, environment };
}

function newsOf({ name, commit, after }: Seen): News {
  return { ref: fullNameOf(name), commit, ...(after === undefined ? {} : { after }) };
}

function movedWords({ commit, last, before }: Seen): string {
  const old = last?.commit ?? before ?? '';
  return `The tag was moved from ${old.slice(0, 7)} to ${commit.slice(0, 7)}. Nothing is deployed by itself because of that: give what you want a new tag, or deploy the commit by hand.`;
}

function olderWords(by: string): string {
  return `${by} is newer, so nothing is done about this one. To deploy it all the same, name it.`;
}
