import type { Colour, Live, Place, Release, Target } from '../../src/domain/release.ts';
import type { Split } from '../../src/domain/traffic.ts';
import {
  type CallOptions,
  type Health,
  type Platform,
  PlatformRefused,
  type RunningImages,
  type Traffic,
} from '../../src/ports/platform.ts';
import { type AutoscalingMode, type FakeColour, FakeColours, type GivenColours } from './platform-colours.ts';
import { FakeFaults, type PlatformCall, type PlatformFault } from './platform-faults.ts';
import { FakeOnly } from './platform-only.ts';
import { type Behaviour, type FakeImage, keyOf, type Surroundings, titleOf } from './platform-revisions.ts';
import type { RuleSplit } from './platform-rules.ts';

export type { AutoscalingMode, FakeColour, GivenColours } from './platform-colours.ts';
export type { PlatformCall, PlatformFault, PlatformMethod } from './platform-faults.ts';
export type { Behaviour, FakeImage } from './platform-revisions.ts';

/** A platform in memory. `calls` and `changes` say what it was asked and what really changed. */
export class FakePlatform implements Platform {
  readonly calls: PlatformCall[] = [];
  /** One line per effect, such as `api/staging/us-east-1 → …/api:2` or `api/production/us-east-1 green × 2`. */
  readonly changes: string[] = [];
  /** One line for each time Forge left or put traffic on a colour without healthy targets. */
  readonly outages: string[] = [];
  readonly #only = new Map<string, FakeOnly>();
  readonly #colours = new Map<string, FakeColours>();
  readonly #behaviours = new Map<string, Behaviour>();
  readonly #images = new Map<string, RunningImages>();
  readonly #faults = new FakeFaults();

  /** Puts a healthy release on a target, as if it had been there for long. Returns its revision. */
  give(target: Target, image: FakeImage): string {
    const service = this.#only.get(keyOf(target)) ?? new FakeOnly(target, this.#around(target));
    this.#only.set(keyOf(target), service);
    return service.give(image);
  }

  /** Makes the target one in colours, as if it had been so for long. */
  giveColours(target: Target, given: GivenColours): Record<Colour, FakeColour> {
    const service = new FakeColours(target, given, this.#around(target));
    this.#colours.set(keyOf(target), service);
    return { blue: service.colour('blue'), green: service.colour('green') };
  }

  /** How every later look at this version answers, also one that is being started now; in one region or in all. */
  behave(version: string, behaviour: Behaviour, region = ''): void {
    this.#behaviours.set(`${version}/${region}`, behaviour);
  }

  /** What is said of the running images while this version serves. Undefined: the truth. */
  claimImages(version: string, answer: RunningImages | undefined): void {
    if (answer === undefined) this.#images.delete(version);
    else this.#images.set(version, answer);
  }

  break(fault: PlatformFault): void {
    this.#faults.break(fault);
  }

  /** Ends all faults. */
  mend(): void {
    this.#faults.mend();
  }

  /** Carries out the calls that a `late` fault has kept, oldest first. */
  arrive(): void {
    this.#faults.arrive();
  }

  /** From now on the revision can't be restored. */
  retire(target: Target, revision: string): void {
    (this.#colours.get(keyOf(target)) ?? this.#findOnly(target)).retire(revision);
  }

  /** What is wanted on a target without colours now, whether it runs or not. */
  desired(target: Target): FakeImage & { revision: string } {
    return this.#findOnly(target).desired();
  }

  /** One colour as it is now. */
  colour(target: Target, on: Colour): FakeColour {
    return this.#findColours(target).colour(on);
  }

  /** The weights of each rule as they really are now. */
  splits(target: Target): RuleSplit[] {
    return this.#findColours(target).rules.splits();
  }

  /** Moves traffic as somebody else would: of all rules, or of one (0 is the first). */
  moveTraffic(target: Target, split: RuleSplit, rule?: number): void {
    this.#findColours(target).rules.move(split, rule);
  }

  /** Whether one rule (0 is the first) stays as it is when the weights are set, and the call fails. */
  stickRule(target: Target, rule: number, isStuck = true): void {
    this.#findColours(target).rules.stick(rule, isStuck);
  }

  /** The next so many reads of the traffic after the next change show it as it was before. */
  delayReads(target: Target, reads: number): void {
    this.#findColours(target).rules.delayReads(reads);
  }

  /** At most so many targets of the colour are healthy from now on. Undefined: all that run. */
  sicken(target: Target, on: Colour, healthy: number | undefined): void {
    this.#findColours(target).sicken(on, healthy);
  }

  async live(target: Target, options: CallOptions): Promise<Live> {
    return this.#call({ method: 'live', target }, options, () =>
      (this.#colours.get(keyOf(target)) ?? this.#findOnly(target)).live(),
    );
  }

  async start(
    target: Target,
    request: { on: Place; release: Release },
    options: CallOptions,
  ): Promise<{ revision: string }> {
    const { on, release } = request;
    return this.#call({ method: 'start', target, request }, options, () =>
      on === 'only' ? this.#findOnly(target).start(release) : this.#findColours(target).start(on, release),
    );
  }

  async restore(
    target: Target,
    request: { on: Place; revision: string; digest?: string; desired?: number },
    options: CallOptions,
  ): Promise<{ revision: string }> {
    const { on } = request;
    return this.#call({ method: 'restore', target, request }, options, () =>
      on === 'only'
        ? this.#findOnly(target).restore(request.revision)
        : this.#findColours(target).restore(on, request),
    );
  }

  async health(
    target: Target,
    request: { on: Place; revision: string },
    options: CallOptions,
  ): Promise<Health> {
    const { on, revision } = request;
    return this.#call({ method: 'health', target, request }, options, () =>
      on === 'only'
        ? this.#findOnly(target).health(revision)
        : this.#findColours(target).health(on, revision),
    );
  }

  async runningImages(
    target: Target,
    request: { on: Place; digest: string },
    options: CallOptions,
  ): Promise<RunningImages> {
    const { on, digest } = request;
    return this.#call({ method: 'runningImages', target, request }, options, () =>
      on === 'only'
        ? this.#findOnly(target).runningImages(digest)
        : this.#findColours(target).runningImages(on, digest),
    );
  }

  async traffic(target: Target, options: CallOptions): Promise<Traffic> {
    return this.#call({ method: 'traffic', target }, options, () => this.#findColours(target).traffic());
  }

  async setTraffic(target: Target, split: Split, options: CallOptions): Promise<void> {
    return this.#call({ method: 'setTraffic', target, request: split }, options, () =>
      this.#findColours(target).setTraffic(split),
    );
  }

  async tasks(
    target: Target,
    on: Colour,
    options: CallOptions,
  ): Promise<{ desired: number; running: number; revision: string }> {
    return this.#call({ method: 'tasks', target, request: on }, options, () =>
      this.#findColours(target).tasks(on),
    );
  }

  async scale(target: Target, request: { on: Colour; desired: number }, options: CallOptions): Promise<void> {
    return this.#call({ method: 'scale', target, request }, options, () =>
      this.#findColours(target).scale(request.on, request.desired),
    );
  }

  async autoscaling(
    target: Target,
    request: { on: Colour; mode: AutoscalingMode },
    options: CallOptions,
  ): Promise<void> {
    return this.#call({ method: 'autoscaling', target, request }, options, () =>
      this.#findColours(target).autoscaling(request.on, request.mode),
    );
  }

  #call<Answer>(call: PlatformCall, options: CallOptions, act: () => Answer): Promise<Answer> {
    this.calls.push(call);
    return this.#faults.carryOut(call, options, act);
  }

  #around({ region }: Target): Surroundings {
    return {
      behaviourOf: (version: string): Behaviour =>
        this.#behaviours.get(`${version}/${region}`) ??
        this.#behaviours.get(`${version}/`) ?? { kind: 'healthy', looks: 1 },
      claimed: (version: string) => this.#images.get(version),
      changes: this.changes,
      outages: this.outages,
    };
  }

  #findOnly(target: Target): FakeOnly {
    const service = this.#only.get(keyOf(target));
    if (service !== undefined) return service;
    throw new PlatformRefused(`There is no ${titleOf(target)}. Check the service's name in forge.yml.`);
  }

  #findColours(target: Target): FakeColours {
    const service = this.#colours.get(keyOf(target));
    if (service !== undefined) return service;
    throw new PlatformRefused(`There is no ${titleOf(target)} in colours. Check its runs in forge.yml.`);
  }
}
