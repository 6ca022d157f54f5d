import { type AutomaticPlace, shortNameOf } from '../domain/automatic.ts';
import { ImageMissing, messageOf, PlaceBusy, UserError } from '../domain/errors.ts';
import {
  type EnvironmentPolicy,
  environmentNamed,
  type ServicePolicy,
  serviceNamed,
} from '../domain/policy.ts';
import { type CodeHost, CodeHostRefused, CodeHostUnavailable } from '../ports/code-host.ts';
import type { People } from '../ports/people.ts';
import { type CallOptions, PlatformRefused, PlatformUnavailable } from '../ports/platform.ts';
import type { Adapters } from './adapters.ts';
import { isAutomatic } from './automatic-hold.ts';
import type { FollowInput } from './follow-run.ts';
import { allToFollow, lookAtRefs, type News, type ToLookAt } from './followed-refs.ts';
import { authorOf, mergerOf, type PushFacts, toldPusherOf } from './pushed-by.ts';
import { type RequestOutcome, requestDeployment } from './request-deployment.ts';
import { recordFollowed, tellSilence } from './tell-followed.ts';

export type Following = Adapters & { codeHost: CodeHost; people: Pick<People, 'membersOf'> };

/** `done`: there is nothing left to do about it. `later`: it is to be looked at again; `why` is for the journal. */
export type FollowTurn =
  | { kind: 'done' }
  | { kind: 'later'; why: string; missing?: { what: Missing; commit: string }; isSilent?: true };

/** What of a commit is not there yet: the word of the code host who pushed it, or its image. */
type Missing = 'pusher' | 'image';

/** What the looks before this one came to. Times in milliseconds since the epoch. */
export type Earlier = {
  missing?: { what: Missing; commit: string; since: number; looks: number };
  /** The code host or AWS has not answered since. */
  silentSince?: number;
};

/** Who pushed is waited for in so many looks. */
const PATIENT_LOOKS = 3;
/** An image that somebody else makes is waited for this long. Milliseconds. */
const IMAGE_WITHIN = 30 * 60_000;
/** Whoever has not answered in one look by then is silent. Milliseconds. */
const LOOK_WITHIN = 45_000;

type Place = AutomaticPlace & { of: ServicePolicy; in: EnvironmentPolicy };

/**
 * Looks what refs that were pushed point at now, with those that were pushed there since, and asks for the deployment of the newest
 * of them, once; whatever is not deployed is recorded and told. It may be asked at any time, however often and in whatever order:
 * what it does is decided on what the code host and the database say at that moment.
 */
export async function followRefs(
  input: FollowInput,
  earlier: Earlier,
  following: Following,
  { signal }: CallOptions,
): Promise<FollowTurn> {
  const place = placeOf(input, following);
  if (place === undefined) return { kind: 'done' };
  const refs = await allToFollow(input, following.store);
  const late = AbortSignal.timeout(LOOK_WITHIN);
  try {
    return await follow(place, { refs, earlier }, following, { signal: AbortSignal.any([signal, late]) });
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof PlaceBusy) return { kind: 'later', why: error.message };
    if (error instanceof CodeHostRefused) return giveUp(input, error.message, following);
    const of = late.aborted ? 'GitHub' : silentOne(error);
    if (of === undefined) throw error;
    await tellSilence(place, { ref: refs.at(-1)?.ref, of, since: earlier.silentSince }, following);
    return { kind: 'later', why: messageOf(error), isSilent: true };
  }
}

/** Records of every ref that nobody could tell what it points at, and why, and has it told. */
export async function giveUp(
  { refs, service, environment }: FollowInput,
  says: string,
  following: Pick<Following, 'store' | 'policy' | 'clock'>,
): Promise<FollowTurn> {
  for (const { ref } of refs) {
    const last = await following.store.lastFollowed({ service, environment, ref });
    const news = { ref, commit: '', ...(last === undefined ? {} : { after: last.id }) };
    if (last?.says !== says) {
      await recordFollowed({ service, environment }, news, { outcome: 'not-deployed', says }, following);
    }
  }
  return { kind: 'done' };
}

/** Where policy has nothing deployed any more, nothing is followed. */
function placeOf({ service, environment }: FollowInput, { policy }: Following): Place | undefined {
  const of = serviceNamed(policy, service);
  const within = environmentNamed(policy, environment);
  if (of === undefined || within === undefined || of.runs[environment] === undefined) return undefined;
  return isAutomatic({ service, environment }, policy) ? { service, environment, of, in: within } : undefined;
}

type Looking = { refs: readonly ToLookAt[]; earlier: Earlier };

async function follow(
  place: Place,
  { refs, earlier }: Looking,
  following: Following,
  options: CallOptions,
): Promise<FollowTurn> {
  const isHeld = (await following.store.automaticHold(place)) !== undefined;
  const { newest, passedOver } = await lookAtRefs(place, { refs, isHeld }, following, options);
  for (const { outcome, says, ...news } of passedOver)
    await recordFollowed(place, news, { outcome, says }, following);
  if (newest === undefined) return { kind: 'done' };
  if (isHeld) {
    await recordFollowed(place, newest, { outcome: 'held' }, following);
    return { kind: 'done' };
  }
  const { ref, commit, isTold } = newest;
  const of = { repository: place.of.repository, ref, commit };
  const told = await toldPusherOf(of, following);
  const isLate = isMissing('pusher', commit, earlier) && earlier.missing.looks >= PATIENT_LOOKS;
  const missing = { what: 'pusher', commit } as const;
  if (told === undefined && isTold && !isLate) {
    return { kind: 'later', why: 'GitHub has not told yet who pushed', missing };
  }
  const merger = await mergerOf(of, following);
  if (merger === 'not-yet' && told?.person === undefined && !isLate) {
    return { kind: 'later', why: 'Forge is merging something there', missing };
  }
  const known = told ?? (await authorOf(of, following, options));
  const by = merger === undefined || merger === 'not-yet' ? known : { ...told, person: merger };
  return request(place, newest, { by, earlier }, following);
}

function isMissing(
  what: Missing,
  commit: string,
  earlier: Earlier,
): earlier is Earlier & { missing: NonNullable<Earlier['missing']> } {
  return earlier.missing?.what === what && earlier.missing.commit === commit;
}

async function request(
  place: Place,
  news: News,
  { by, earlier }: { by: PushFacts; earlier: Earlier },
  following: Following,
): Promise<FollowTurn> {
  const { ref, commit, after } = news;
  const { repository } = place.of;
  const id = [place.service, place.environment, ref, commit, after ?? 'first'].join('/');
  const { login, person } = by;
  const pusher = { ...(login === undefined ? {} : { login }), ...(person === undefined ? {} : { person }) };
  try {
    const outcome = await requestDeployment(
      {
        ...{ service: place.of, environment: place.in, ref: shortNameOf(ref) },
        automatic: { pushed: { repository, ref, commit, ...by }, after },
      },
      { actor: { kind: 'trigger', source: 'github', id, pusher }, arrival: `follow/${id}` },
      following,
    );
    // Somebody else dealt with that ref meanwhile, perhaps with a commit before this one.
    if (outcome.kind === 'repeated') return { kind: 'later', why: 'It was followed by another' };
    const refusal = refusalOf(outcome);
    if (refusal === undefined) return { kind: 'done' };
    await recordFollowed(place, news, { outcome: 'not-deployed', says: refusal, ...pusher }, following);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    // Whoever else makes the image began with the same push.
    if (error instanceof ImageMissing && !isOverdue(commit, earlier, following)) {
      return { kind: 'later', why: error.message, missing: { what: 'image', commit } };
    }
    await recordFollowed(place, news, { outcome: 'not-deployed', says: error.message, ...pusher }, following);
  }
  return { kind: 'done' };
}

function refusalOf(outcome: RequestOutcome): string | undefined {
  if (outcome.kind !== 'ambiguous') return undefined;
  return `“${outcome.ref}” could be several releases: ${outcome.candidates.map(({ version }) => version).join(', ')}.`;
}

function isOverdue(commit: string, earlier: Earlier, { clock }: Pick<Following, 'clock'>): boolean {
  return isMissing('image', commit, earlier) && clock.now() - earlier.missing.since > IMAGE_WITHIN;
}

/** Who did not answer: trying again may help. */
function silentOne(error: unknown): 'GitHub' | 'AWS' | undefined {
  if (error instanceof CodeHostUnavailable) return 'GitHub';
  return error instanceof PlatformUnavailable ? 'AWS' : undefined;
}

function isRefusal(error: unknown): error is UserError | PlatformRefused | CodeHostRefused {
  if (error instanceof PlaceBusy) return false;
  return error instanceof UserError || error instanceof PlatformRefused || error instanceof CodeHostRefused;
}
