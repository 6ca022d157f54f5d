import type { Faults } from '../../faults.ts';
import { AwsError } from '../aws-error.ts';
import type { Context, Operation } from '../operation.ts';
import { deliver } from './deliver.ts';
import type { Schedule, ScheduleTarget } from './model.ts';

const everyMs = 200;

/** Does what every schedule wants whose moment has come: makes its call, once, on this sandbox's own API, or delivers its message. */
export class ScheduleTicker {
  readonly #context: Omit<Context, 'scope'>;
  readonly #operations: Record<string, Record<string, Operation>>;
  readonly #faults: Faults;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    context: Omit<Context, 'scope'>,
    operations: Record<string, Record<string, Operation>>,
    faults: Faults,
  ) {
    this.#context = context;
    this.#operations = operations;
    this.#faults = faults;
  }

  start(): void {
    this.#timer = setInterval(() => this.#tick(Date.now()), everyMs);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #tick(nowMs: number): void {
    const { schedules } = this.#context.world;
    const due = schedules.filter(
      (one) => one.isEnabled && one.fired === undefined && (one.tries?.next ?? one.fireAt).getTime() <= nowMs,
    );
    for (const schedule of due) {
      const outcome = this.#act(schedule, nowMs);
      if (outcome === 'again') continue;
      if (outcome.refusal !== undefined)
        console.error(`The schedule ${schedule.name} was refused: ${outcome.refusal}`);
      schedule.fired = { at: new Date(nowMs), ...outcome };
      if (schedule.isDeletedAfter) schedules.splice(schedules.indexOf(schedule), 1);
    }
  }

  #act(schedule: Schedule, now: number): { refusal?: string } | 'again' {
    const { target } = schedule;
    if (target.kind === 'call') return this.#call(schedule, target);
    const { world } = this.#context;
    const outcome = deliver(schedule, target, { world, faults: this.#faults, now });
    if (outcome.kind === 'over') return outcome.refusal === undefined ? {} : { refusal: outcome.refusal };
    schedule.tries = { failed: outcome.failed, next: new Date(outcome.at) };
    return 'again';
  }

  #call(
    { account, region }: Schedule,
    call: Extract<ScheduleTarget, { kind: 'call' }>,
  ): { refusal?: string } {
    try {
      const run = this.#operations[call.service]?.[call.operation];
      if (run === undefined)
        throw new AwsError('InvalidAction', `This sandbox does not know ${call.operation}`);
      run(call.service === 'elasticloadbalancing' ? asTexts(call.input) : call.input, {
        ...this.#context,
        scope: { account, region },
      });
      return {};
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      return { refusal: error.message };
    }
  }
}

/** Operations of a query protocol read numbers and switches as texts. */
function asTexts(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asTexts);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, asTexts(inner)]));
  }
  return value === null || value === undefined ? undefined : String(value);
}
