import type { Colour, Target } from '../../src/domain/release.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { DeadManSwitch } from '../../src/ports/dead-man-switch.ts';
import { type CallOptions, PlatformRefused, PlatformUnavailable } from '../../src/ports/platform.ts';

type Method = keyof DeadManSwitch;
type Fault = 'unavailable' | 'unavailable-after' | 'refused';
type Set = { target: Target; to: Colour; at: number };

/** A dead-man switch in memory. What is due acts when `act` is called, or at the next call of a method. */
export class FakeDeadManSwitch implements DeadManSwitch {
  readonly calls: Method[] = [];
  /** One line each time it moved traffic, such as `eu-west-1 → blue`. */
  readonly fired: string[] = [];
  readonly #set = new Map<string, Set>();
  readonly #faults = new Map<Method, Fault>();
  readonly #clock: Pick<Clock, 'now'>;
  readonly #move: (target: Target, to: Colour, rule?: number) => void;
  #isPartly = false;
  #mayComeLate = false;

  #onRule: number | undefined;

  constructor(clock: Pick<Clock, 'now'>, move: (target: Target, to: Colour, rule?: number) => void) {
    this.#clock = clock;
    this.#move = move;
  }

  /** When it will move traffic; undefined: it is not set. */
  due(target: Target): { to: Colour; at: number } | undefined {
    const set = this.#set.get(keyOf(target));
    return set === undefined ? undefined : { to: set.to, at: set.at };
  }

  break(method: Method, fault: Fault): void {
    this.#faults.set(method, fault);
  }

  mend(): void {
    this.#faults.clear();
    this.#isPartly = false;
    this.#mayComeLate = false;
  }

  /** From now on one rule of the target has none. */
  losePart(): void {
    this.#isPartly = true;
  }

  /** From now on one that is taken away may still come, of a call that was cut. */
  expectLate(): void {
    this.#mayComeLate = true;
  }

  /** From now on what is due acts on this rule only (0 is the first): those of the others are late. */
  actOnlyOn(rule: number): void {
    this.#onRule = rule;
  }

  /** Takes one away as somebody else would. */
  steal(target: Target): void {
    this.#set.delete(keyOf(target));
  }

  /** Has every switch act that is due. */
  act(): void {
    for (const [key, { target, to, at }] of this.#set) {
      if (at > this.#clock.now()) continue;
      this.#set.delete(key);
      this.fired.push(`${target.region} → ${to}`);
      this.#move(target, to, this.#onRule);
    }
  }

  arm(target: Target, request: { to: Colour; at: number }, options: CallOptions): Promise<void> {
    return this.#call('arm', options, () => {
      this.#set.set(keyOf(target), { target, ...request });
    });
  }

  extend(
    target: Target,
    request: { to: Colour; at: number },
    options: CallOptions,
  ): Promise<'extended' | 'gone'> {
    return this.#call('extend', options, () => {
      if (!this.#set.has(keyOf(target))) return 'gone';
      this.#set.set(keyOf(target), { target, ...request });
      return 'extended';
    });
  }

  disarm(target: Target, options: CallOptions): Promise<void> {
    return this.#call('disarm', options, () => {
      this.#set.delete(keyOf(target));
    });
  }

  read(target: Target, options: CallOptions): Promise<'armed' | 'partly' | 'gone'> {
    return this.#call('read', options, () => {
      if (!this.#set.has(keyOf(target))) return this.#mayComeLate ? 'partly' : 'gone';
      return this.#isPartly ? 'partly' : 'armed';
    });
  }

  async #call<Answer>(method: Method, { signal }: CallOptions, answer: () => Answer): Promise<Answer> {
    this.calls.push(method);
    signal.throwIfAborted();
    this.act();
    await new Promise((resolve) => setImmediate(resolve));
    const fault = this.#faults.get(method);
    if (fault === 'refused') throw new PlatformRefused(`The scheduler refuses ${method}.`);
    if (fault === 'unavailable') throw new PlatformUnavailable(`The scheduler did not answer ${method}.`);
    const answered = answer();
    if (fault !== undefined) throw new PlatformUnavailable(`The connection was cut after ${method}.`);
    return answered;
  }
}

function keyOf({ service, environment, region }: Target): string {
  return `${service}/${environment}/${region}`;
}
