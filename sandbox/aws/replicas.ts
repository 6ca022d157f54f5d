import { seededRandom, within } from './seeded-random.ts';
import type { AwsSettings } from './settings.ts';
import { snapshot } from './snapshot.ts';
import type { World } from './world.ts';

const everyMs = 100;
/** A replica's distance changes this often, milliseconds. */
const driftsEveryMs = 1_000;

type Shot = { atMs: number; world: World };
/** A replica never goes back in time by itself; a reader who meets the other one does. */
type Replica = { half: 0 | 1; atMs: number; ageMs: number; driftsAtMs: number };

/** Two replicas of the world that follow it late, one rather less and one rather more, for services that read so. */
export class Replicas {
  readonly #world: World;
  #settings: AwsSettings['staleReads'] | undefined;
  #random = seededRandom(0);
  #shots: Shot[] = [];
  #replicas: Replica[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(world: World) {
    this.#world = world;
  }

  set({ seed, staleReads }: AwsSettings): void {
    this.stop();
    this.#settings = staleReads;
    this.#random = seededRandom(seed);
    this.#shots = [];
    if (staleReads.services.length === 0) return;
    this.#replicas = ([0, 1] as const).map((half) => ({ half, atMs: 0, ageMs: 0, driftsAtMs: 0 }));
    this.#shoot();
    this.#timer = setInterval(() => this.#shoot(), everyMs);
  }

  /** What a read of that service sees: the world itself, or one of the replicas by chance. */
  read(service: string): World {
    const isStale = this.#settings?.services.some((one) => one === service) === true;
    const replica = this.#replicas[this.#random() < 0.5 ? 0 : 1];
    if (!isStale || replica === undefined) return this.#world;
    this.#advance(replica, Date.now());
    const shot = this.#shots.findLast(({ atMs }) => atMs <= replica.atMs) ?? this.#shots[0];
    return shot?.world ?? this.#world;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #advance(replica: Replica, nowMs: number): void {
    if (nowMs >= replica.driftsAtMs) {
      const { age = { minMs: 0, maxMs: 0 } } = this.#settings ?? {};
      replica.ageMs = within(age, (replica.half + this.#random()) / 2);
      replica.driftsAtMs = nowMs + driftsEveryMs;
    }
    replica.atMs = Math.max(replica.atMs, nowMs - replica.ageMs);
  }

  #shoot(): void {
    const nowMs = Date.now();
    this.#shots.push({ atMs: nowMs, world: snapshot(this.#world) });
    // The one just before the oldest a reader may want is still needed.
    const wanted = nowMs - (this.#settings?.age.maxMs ?? 0);
    const first = this.#shots.findLastIndex(({ atMs }) => atMs <= wanted);
    if (first > 0) this.#shots.splice(0, first);
  }
}
