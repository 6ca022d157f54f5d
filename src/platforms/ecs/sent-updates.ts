import type { Target } from '../../domain/release.ts';
import type { EcsService, Rollout } from './service.ts';

/** `rollout` is the deployment ECS answered with: the one that carries the update out. */
type SentUpdate = { revision: string; rollout: Pick<Rollout, 'id' | 'createdAt'>; at: number };

/**
 * What this process last told ECS about each target. ECS may describe a service as it was before for a while; with
 * this, an old description is told from somebody else's change. Losing it in a restart costs patience, never a wrong answer.
 */
export class SentUpdates {
  #sent = new Map<string, SentUpdate>();
  /** By target: revisions that ECS may yet put there, and when it was last asked to in vain. */
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

  note(target: Target, update: Omit<SentUpdate, 'at'>): void {
    this.#sent.set(keyOf(target), { ...update, at: this.#now() });
  }

  /** An update was sent and not answered: ECS may carry it out, also later. */
  noteUnclear(target: Target, revision: string): void {
    const unclear = this.#unclear.get(keyOf(target)) ?? new Map<string, number>();
    this.#unclear.set(keyOf(target), unclear.set(revision, this.#now()));
  }

  /** Whether another revision than this one may yet arrive by an update that was not answered. */
  mayBeOvertaken(target: Target, revision: string): boolean {
    const unclear = this.#unclear.get(keyOf(target)) ?? [];
    return [...unclear].some(([other, at]) => other !== revision && this.#isRecent(at));
  }

  /** Whether a primary revision is there by an update of ours that was not answered, rather than by somebody else. */
  mayBeOurs(target: Target, revision: string): boolean {
    return this.#unclear.get(keyOf(target))?.has(revision) === true;
  }

  /** Forgets the updates that were waited for long enough: what is put there from now on is not ours. */
  settle(target: Target): void {
    const unclear = [...(this.#unclear.get(keyOf(target)) ?? [])];
    this.#unclear.set(keyOf(target), new Map(unclear.filter(([, at]) => this.#isRecent(at))));
  }

  /** Whether this process sent the revision so lately that the description is still one from before. */
  hides(target: Target, revision: string, described: EcsService): boolean {
    const sent = this.#sent.get(keyOf(target));
    if (sent === undefined || sent.revision !== revision || !this.#isRecent(sent.at)) return false;
    return described.primary.id !== sent.rollout.id && !isNewer(described.primary, sent.rollout);
  }

  /** As `hides`, but also true for a while after a restart: nobody knows what was sent just before it. */
  mayHide(target: Target, revision: string, described: EcsService): boolean {
    if (!this.#sent.has(keyOf(target))) return this.#isRecent(this.#began);
    return this.hides(target, revision, described);
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

function keyOf(target: Target): string {
  return `${target.service}/${target.environment}/${target.region}`;
}
