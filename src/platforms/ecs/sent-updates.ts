import type { EcsPlace } from './place.ts';
import type { EcsService, Rollout } from './service.ts';

/** `rollout` is the deployment ECS answered with: the one that carries the update out. */
type SentUpdate = {
  revision: string;
  rollout: Pick<Rollout, 'id' | 'createdAt'>;
  /** Tasks it is to have. Absent: as many as it had. */
  desired?: number;
  at: number;
};

/**
 * What this process last told ECS about each ECS service. ECS may describe a service as it was before for a while; with
 * this, an old description is told from somebody else's change. Losing it in a restart costs patience, never a wrong answer.
 */
export class SentUpdates {
  #sent = new Map<string, SentUpdate>();
  /** By ECS service: revisions that ECS may yet put there, and when it was last asked to in vain. */
  #unclear = new Map<string, Map<string, number>>();
  readonly #began: number;
  readonly #visibleWithin: number;
  readonly #now: () => number;

  /** `visibleWithin`: milliseconds after which a description counts as the truth. */
  constructor(options: { visibleWithin: number; now: () => number }) {
    this.#visibleWithin = options.visibleWithin;
    this.#now = options.now;
    this.#began = options.now();
  }

  note(place: EcsPlace, update: Omit<SentUpdate, 'at'>): void {
    this.#sent.set(keyOf(place), { ...update, at: this.#now() });
  }

  /** An update was sent and not answered: ECS may carry it out, also later. */
  noteUnclear(place: EcsPlace, revision: string): void {
    const unclear = this.#unclear.get(keyOf(place)) ?? new Map<string, number>();
    this.#unclear.set(keyOf(place), unclear.set(revision, this.#now()));
  }

  /** Whether another revision than this one may yet arrive by an update that was not answered. */
  mayBeOvertaken(place: EcsPlace, revision: string): boolean {
    const unclear = this.#unclear.get(keyOf(place)) ?? [];
    return [...unclear].some(([other, at]) => other !== revision && this.#isRecent(at));
  }

  /** Whether a primary revision is there by an update of ours that was not answered, rather than by somebody else. */
  mayBeOurs(place: EcsPlace, revision: string): boolean {
    return this.#unclear.get(keyOf(place))?.has(revision) === true;
  }

  /** Forgets the updates that were waited for long enough: what is put there from now on is not ours. */
  settle(place: EcsPlace): void {
    const unclear = [...(this.#unclear.get(keyOf(place)) ?? [])];
    this.#unclear.set(keyOf(place), new Map(unclear.filter(([, at]) => this.#isRecent(at))));
  }

  /** Whether this process sent the revision so lately that the description is still one from before. */
  hides(place: EcsPlace, revision: string, described: EcsService): boolean {
    const sent = this.#sent.get(keyOf(place));
    if (sent === undefined || sent.revision !== revision || !this.#isRecent(sent.at)) return false;
    if (described.primary.id === sent.rollout.id) return described.desired < (sent.desired ?? 0);
    return !isNewer(described.primary, sent.rollout);
  }

  /** As `hides`, but also true for a while after a restart: nobody knows what was sent just before it. */
  mayHide(place: EcsPlace, revision: string, described: EcsService): boolean {
    if (!this.#sent.has(keyOf(place))) return this.#isRecent(this.#began);
    return this.hides(place, revision, described);
  }

  #isRecent(at: number): boolean {
    return this.#now() - at < this.#visibleWithin;
  }
}

/** Both times are ECS's own, so no two clocks are compared. */
function isNewer(described: Pick<Rollout, 'createdAt'>, sent: Pick<Rollout, 'createdAt'>): boolean {
  if (described.createdAt === undefined || sent.createdAt === undefined) return false;
  return described.createdAt > sent.createdAt;
}

function keyOf({ target, on }: EcsPlace): string {
  return `${target.service}/${target.environment}/${target.region}/${on}`;
}
