import { type AutomaticPlace, type FollowedOutcome, refNameOf, shortNameOf } from '../domain/automatic.ts';
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
import { lookAtRefs, type News } from './followed-refs.ts';
import { authorOf, mergerOf, type PushFacts, toldPusherOf } from './pushed-by.ts';
import { type RequestOutcome, requestDeployment } from './request-deployment.ts';

export type Following = Adapters & { codeHost: CodeHost; people: Pick<People, 'membersOf'> };

/** `done`: there is nothing left to do about it. `later`: it is to be looked at again; `why` is for the log. */
export type FollowTurn = { kind: 'done' } | { kind: 'later'; why: string };

type Looking = FollowInput & { isLate: boolean; isOverdue: boolean };
type Place = AutomaticPlace & { of: ServicePolicy; in: EnvironmentPolicy };

/**
 * Looks what refs that were pushed point at now, and asks for the deployment of the newest of them, once; whatever is not
 * deployed is recorded and told. It may be asked at any time, however often and in whatever order: what it does is decided on
 * what the code host and the database say at that moment. `isLate`: nobody waits any longer to hear who pushed; `isOverdue`: nor
 * for an image.
 */
export async function followRefs(
  input: Looking,
  following: Following,
  options: CallOptions,
): Promise<FollowTurn> {
  const place = placeOf(input, following);
  if (place === undefined) return { kind: 'done' };
  try {
    return await follow(place, input, following, options);
  } catch (error) {
    options.signal.throwIfAborted();
    if (isToPass(error)) return { kind: 'later', why: messageOf(error) };
    if (!(error instanceof CodeHostRefused)) throw error;
    return giveUp(input, error.message, following);
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
      await record({ service, environment }, news, { outcome: 'not-deployed', says }, following);
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

async function follow(
  place: Place,
  { refs, isTold, isLate, isOverdue }: Looking,
  following: Following,
  options: CallOptions,
): Promise<FollowTurn> {
  const isHeld = (await following.store.automaticHold(place)) !== undefined;
  const { newest, passedOver } = await lookAtRefs(place, { refs, isHeld }, following, options);
  for (const { outcome, says, ...news } of passedOver)
    await record(place, news, { outcome, says }, following);
  if (newest === undefined) return { kind: 'done' };
  if (isHeld) {
    await record(place, newest, { outcome: 'held' }, following);
    return { kind: 'done' };
  }
  const of = { repository: place.of.repository, ref: newest.ref, commit: newest.commit };
  const told = await toldPusherOf(of, following);
  if (told === undefined && isTold && !isLate) {
    return { kind: 'later', why: 'GitHub has not told yet who pushed' };
  }
  const merger = await mergerOf(of, following);
  if (merger === 'not-yet' && told?.person === undefined && !isLate) {
    return { kind: 'later', why: 'Forge is merging something there' };
  }
  const known = told ?? (await authorOf(of, following, options));
  const by = merger === undefined || merger === 'not-yet' ? known : { ...told, person: merger };
  return request(place, newest, { by, isOverdue }, following);
}

async function request(
  place: Place,
  news: News,
  { by, isOverdue }: { by: PushFacts; isOverdue: boolean },
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
    await record(place, news, { outcome: 'not-deployed', says: refusal, ...pusher }, following);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    // Whoever else makes the image began with the same push.
    if (error instanceof ImageMissing && !isOverdue) return { kind: 'later', why: error.message };
    await record(place, news, { outcome: 'not-deployed', says: error.message, ...pusher }, following);
  }
  return { kind: 'done' };
}

function refusalOf(outcome: RequestOutcome): string | undefined {
  if (outcome.kind !== 'ambiguous') return undefined;
  return `“${outcome.ref}” could be several releases: ${outcome.candidates.map(({ version }) => version).join(', ')}.`;
}

/** Trying again may help. */
function isToPass(error: unknown): boolean {
  return (
    error instanceof CodeHostUnavailable || error instanceof PlatformUnavailable || error instanceof PlaceBusy
  );
}

function isRefusal(error: unknown): error is UserError | PlatformRefused | CodeHostRefused {
  if (isToPass(error)) return false;
  return error instanceof UserError || error instanceof PlatformRefused || error instanceof CodeHostRefused;
}

/** How often others may record something at the same moment. */
const TRIES = 10;

/** Once for what was followed before it: whoever comes second leaves it. People are told in the environment’s channel. */
async function record(
  { service, environment }: AutomaticPlace,
  { ref, commit, after }: News,
  came: { outcome: FollowedOutcome; says?: string; login?: string },
  { store, policy, clock }: Pick<Following, 'store' | 'policy' | 'clock'>,
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
