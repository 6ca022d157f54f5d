import type { Clock } from '../../src/ports/clock.ts';
import { type CallOptions, PlatformRefused, PlatformUnavailable } from '../../src/ports/platform.ts';
import type { DueSignal, Occurrence, ScheduleDriver } from '../../src/ports/schedule-driver.ts';

type Method = keyof ScheduleDriver | 'done';
type Fault = 'unavailable' | 'unavailable-after' | 'refused';
type Message = { occurrence: Occurrence; visibleAt: number };

const WAIT = 20_000;
const HIDDEN = 60_000;

/** A driver of schedules in memory, with the clock it is given. */
export class FakeScheduleDriver implements ScheduleDriver {
  readonly calls: Method[] = [];
  readonly #set = new Map<string, Occurrence>();
  readonly #messages = new Set<Message>();
  readonly #faults = new Map<Method, Fault>();
  readonly #clock: Clock;
  #isLosing = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** What is set and not yet due, by name. */
  get pending(): ReadonlyMap<string, Occurrence> {
    return this.#set;
  }

  break(method: Method, fault: Fault): void {
    this.#faults.set(method, fault);
  }

  mend(): void {
    this.#faults.clear();
    this.#isLosing = false;
  }

  /** From now on what gets due is told to nobody. */
  lose(): void {
    this.#isLosing = true;
  }

  /** Tells of an occurrence, whether or not it is set or due: a second time, or early. */
  tell(occurrence: Occurrence): void {
    this.#messages.add({ occurrence, visibleAt: this.#clock.now() });
  }

  set(occurrence: Occurrence, options: CallOptions): Promise<void> {
    return this.#call('set', options, () => {
      this.#set.set(occurrence.name, occurrence);
    });
  }

  delete(name: string, options: CallOptions): Promise<void> {
    return this.#call('delete', options, () => {
      this.#set.delete(name);
    });
  }

  async receive(options: CallOptions): Promise<readonly DueSignal[]> {
    const end = this.#clock.now() + WAIT;
    for (;;) {
      const due = await this.#call('receive', options, () => this.#take());
      const now = this.#clock.now();
      if (due.length > 0 || now >= end) return due;
      await this.#clock.sleep(Math.min(this.#next(), end) - now, options.signal);
    }
  }

  #take(): DueSignal[] {
    this.#fire();
    const now = this.#clock.now();
    const visible = [...this.#messages].filter(({ visibleAt }) => visibleAt <= now);
    return visible.map((message) => {
      message.visibleAt = now + HIDDEN;
      return {
        ...message.occurrence,
        done: (options) =>
          this.#call('done', options, () => {
            this.#messages.delete(message);
          }),
      };
    });
  }

  #fire(): void {
    for (const [name, occurrence] of this.#set) {
      if (occurrence.at > this.#clock.now()) continue;
      this.#set.delete(name);
      if (!this.#isLosing) this.tell(occurrence);
    }
  }

  /** When something may be there that is not there now. */
  #next(): number {
    const times = [
      ...[...this.#set.values()].map(({ at }) => at),
      ...[...this.#messages].map(({ visibleAt }) => visibleAt),
    ];
    return Math.min(...times);
  }

  async #call<Answer>(method: Method, { signal }: CallOptions, answer: () => Answer): Promise<Answer> {
    this.calls.push(method);
    signal.throwIfAborted();
    await new Promise((resolve) => setImmediate(resolve));
    const fault = this.#faults.get(method);
    if (fault === 'refused') throw new PlatformRefused(`The scheduler refuses ${method}.`);
    if (fault === 'unavailable') throw new PlatformUnavailable(`The scheduler did not answer ${method}.`);
    const answered = answer();
    if (fault !== undefined) throw new PlatformUnavailable(`The connection was cut after ${method}.`);
    return answered;
  }
}
