import { AwsError } from '../aws-error.ts';
import type { Context, Operation } from '../operation.ts';
import type { Schedule } from './model.ts';

const everyMs = 200;

/** Makes the call of every schedule whose moment has come, once, on this sandbox's own API. */
export class ScheduleTicker {
  readonly #context: Omit<Context, 'scope'>;
  readonly #operations: Record<string, Record<string, Operation>>;
  #timer: NodeJS.Timeout | undefined;

  constructor(context: Omit<Context, 'scope'>, operations: Record<string, Record<string, Operation>>) {
    this.#context = context;
    this.#operations = operations;
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
      (one) => one.isEnabled && one.fired === undefined && one.fireAt.getTime() <= nowMs,
    );
    for (const schedule of due) {
      schedule.fired = { at: new Date(nowMs), ...this.#call(schedule) };
      if (schedule.isDeletedAfter) schedules.splice(schedules.indexOf(schedule), 1);
    }
  }

  #call({ account, region, name, call }: Schedule): { refusal?: string } {
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
      console.error(`The schedule ${name} was refused: ${error.message}`);
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
