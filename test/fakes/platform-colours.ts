import type { Colour, Idle, Live, Release, Target } from '../../src/domain/release.ts';
import { otherColour, type Split } from '../../src/domain/traffic.ts';
import {
  type Health,
  PlatformRefused,
  PlatformUnavailable,
  type RunningImages,
  type Traffic,
} from '../../src/ports/platform.ts';
import { type FakeImage, FakeRevisions, keyOf, type Surroundings, titleOf } from './platform-revisions.ts';
import { FakeRules } from './platform-rules.ts';

export type GivenColours = {
  image: FakeImage;
  /** Default: blue. */
  live?: Colour;
  /** Tasks of the live colour; default: 2. */
  desired?: number;
  /** Default: the same image, scaled to 0. */
  idle?: { image: FakeImage; desired: number };
  /** How many rules lead to it; default: 1. */
  rules?: number;
};

export type AutoscalingMode = 'normal' | 'keep' | 'off';

/** One colour as it is now. `healthy` and `running` are of the revision that serves. */
export type FakeColour = FakeImage & {
  revision: string;
  desired: number;
  running: number;
  healthy: number;
  autoscaling: AutoscalingMode;
};

type ColourState = {
  wanted: string;
  serving: string;
  desired: number;
  running: number;
  looks: number;
  /** Fewer than run. */
  healthy?: number;
  autoscaling: AutoscalingMode;
};

/** A service in colours in memory. Each look at health, tasks or traffic is one look at what is starting. */
export class FakeColours {
  readonly #target: Target;
  readonly #around: Surroundings;
  readonly #revisions: FakeRevisions;
  readonly #colours: Record<Colour, ColourState>;
  readonly rules: FakeRules;

  constructor(target: Target, given: GivenColours, around: Surroundings) {
    const { live = 'blue', image, desired = 2, idle = { image, desired: 0 }, rules = 1 } = given;
    this.#target = target;
    this.#around = around;
    this.#revisions = new FakeRevisions(target, '-in-colours');
    const idleState = stateOf(this.#revisions.add(idle.image), idle.desired);
    const liveState = stateOf(this.#revisions.add(image), desired);
    this.#colours =
      live === 'blue' ? { blue: liveState, green: idleState } : { blue: idleState, green: liveState };
    this.rules = new FakeRules(target, { count: rules, live });
  }

  colour(on: Colour): FakeColour {
    const { wanted, serving, desired, running, autoscaling } = this.#colours[on];
    const image = this.#revisions.image(serving);
    return { ...image, revision: wanted, desired, running, healthy: this.#healthy(on), autoscaling };
  }

  /** At most so many targets of the colour are healthy from now on; undefined: all that run. */
  sicken(on: Colour, healthy: number | undefined): void {
    const state = this.#colours[on];
    if (healthy === undefined) delete state.healthy;
    else state.healthy = healthy;
  }

  retire(revision: string): void {
    this.#revisions.retire(revision);
  }

  live(): Live {
    const place = this.#liveColour();
    const { serving, desired } = this.#colours[place];
    if (this.#healthy(place) === 0) {
      throw new PlatformRefused(
        `${titleOf(this.#target)} has no healthy target on ${place}. Mend it, then try again.`,
      );
    }
    const image = this.#revisions.image(serving);
    return { place, revision: serving, ...image, desired, idle: this.#idle(otherColour(place)) };
  }

  start(on: Colour, release: Release): { revision: string } {
    const revision = this.#revisions.of(release);
    if (this.#colours[on].wanted !== revision) this.#refuseLive(on);
    const desired = this.#colours[otherColour(on)].desired;
    this.#want(on, { revision, desired });
    this.autoscaling(on, 'keep');
    this.autoscaling(otherColour(on), 'keep');
    return { revision };
  }

  restore(on: Colour, { revision, desired }: { revision: string; desired?: number }): { revision: string } {
    this.#revisions.refuseUnusable(revision);
    this.#want(on, { revision, desired: desired ?? 0 });
    return { revision };
  }

  health(on: Colour, revision: string): Health {
    const state = this.#colours[on];
    if (state.wanted !== revision) {
      const reason = `Somebody else changed ${titleOf(this.#target)}, ${on}: it is to run ${state.wanted}.`;
      return { kind: 'replaced', reason };
    }
    if (state.desired === 0) {
      return { kind: 'failed', reason: `${titleOf(this.#target)}, ${on} is scaled to 0.` };
    }
    const failure = this.#look(state);
    if (failure !== undefined) return { kind: 'failed', reason: failure };
    const healthy = isUp(state) ? this.#healthy(on) : 0;
    if (healthy < state.desired) return { kind: 'starting', healthy, of: state.desired };
    const detail = `${healthy} of ${state.desired} tasks healthy`;
    return { kind: 'healthy', running: state.running, detail };
  }

  runningImages(on: Colour, wanted: string): RunningImages {
    const { serving, running } = this.#colours[on];
    if (running === 0) return { kind: 'unknown', reason: `No task of ${on} is running.` };
    const { digest, version } = this.#revisions.image(serving);
    const claimed = this.#around.claimed(version);
    if (claimed !== undefined) return claimed;
    if (digest === undefined) return { kind: 'unknown', reason: 'The tasks do not report a digest yet.' };
    if (digest === wanted) return { kind: 'matching', tasks: running };
    return { kind: 'different', reason: `A task runs ${digest} instead of ${wanted}.` };
  }

  traffic(): Traffic {
    const targets = { blue: this.#targets('blue'), green: this.#targets('green') };
    return { ...this.rules.described(), targets };
  }

  setTraffic(split: Split): void {
    for (const rule of this.rules.set(split)) this.#note(`${rule}: blue ${split.blue} green ${split.green}`);
    this.#noteOutages();
    if (this.rules.isAnyStuck()) {
      throw new PlatformUnavailable('The platform did not answer one of the rules.');
    }
  }

  tasks(on: Colour): { desired: number; running: number; revision: string } {
    const state = this.#colours[on];
    this.#look(state);
    return { desired: state.desired, running: state.running, revision: state.wanted };
  }

  scale(on: Colour, desired: number): void {
    const state = this.#colours[on];
    if (state.desired === desired) return;
    state.desired = desired;
    state.running = Math.min(state.running, desired);
    state.looks = 0;
    this.#note(`${on} × ${desired}`);
    this.#noteOutages();
  }

  autoscaling(on: Colour, mode: AutoscalingMode): void {
    if (this.#colours[on].autoscaling === mode) return;
    this.#colours[on].autoscaling = mode;
    this.#note(`${on} autoscaling ${mode}`);
  }

  #liveColour(): Colour {
    const live = this.rules.live();
    if (live !== undefined) return live;
    throw new PlatformRefused(
      `The traffic of ${titleOf(this.#target)} is split between its colours. Move all of it to one of them, then try again.`,
    );
  }

  #idle(place: Colour): Idle {
    const { wanted, desired } = this.#colours[place];
    const { version, digest } = this.#revisions.image(wanted);
    const healthy = this.#healthy(place);
    return {
      place,
      revision: wanted,
      version,
      desired,
      healthy,
      ...(digest === undefined ? {} : { digest }),
    };
  }

  #refuseLive(on: Colour): void {
    if (!this.rules.mayUse(on)) return;
    throw new PlatformRefused(
      `${titleOf(this.#target)}, ${on} takes traffic: a release must not be started there.`,
    );
  }

  #want(on: Colour, { revision, desired }: { revision: string; desired: number }): void {
    const state = this.#colours[on];
    this.scale(on, Math.max(desired, state.desired));
    if (state.wanted === revision) return;
    state.wanted = revision;
    state.looks = 0;
    this.#note(`${on} → ${revision}`);
  }

  /** Undefined, or why it fails. */
  #look(state: ColourState): string | undefined {
    if (isUp(state)) return undefined;
    const behaviour = this.#around.behaviourOf(this.#revisions.image(state.wanted).version);
    state.looks += 1;
    if (behaviour.kind === 'failing') return behaviour.reason;
    if (behaviour.kind === 'stalling' || state.looks <= behaviour.looks) return undefined;
    state.serving = state.wanted;
    state.running = state.desired;
    return undefined;
  }

  #targets(on: Colour): { healthy: number; registered: number } {
    const state = this.#colours[on];
    this.#look(state);
    return { healthy: this.#healthy(on), registered: state.running };
  }

  #healthy(on: Colour): number {
    const { running, healthy = running } = this.#colours[on];
    return Math.min(running, healthy);
  }

  #note(effect: string): void {
    this.#around.changes.push(`${keyOf(this.#target)} ${effect}`);
  }

  #noteOutages(): void {
    for (const on of ['blue', 'green'] as const) {
      const isUsed = this.rules.splits().some((split) => !('other' in split) && split[on] > 0);
      if (isUsed && this.#healthy(on) === 0) {
        this.#around.outages.push(`${keyOf(this.#target)}: traffic on ${on} without a healthy target`);
      }
    }
  }
}

function stateOf(revision: string, desired: number): ColourState {
  return { wanted: revision, serving: revision, desired, running: desired, looks: 0, autoscaling: 'normal' };
}

function isUp({ wanted, serving, desired, running }: ColourState): boolean {
  return wanted === serving && running === desired;
}
