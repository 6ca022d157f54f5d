import type { Attempt, JobContext, OperationOptions } from '../../../jobs/engine/engine.ts';
import { Fatal } from '../../../jobs/engine/engine.ts';
import { digestOf, type Json } from '../../../src/domain/json.ts';
import type { Clock } from '../../../src/ports/clock.ts';
import type { Cloud } from './cloud.ts';
import type { Ledger } from './ledger.ts';
import { type OperationAct, ownKey } from './script.ts';

export type World = { ledger: Ledger; cloud: Cloud; clock: Clock };

type Wanted = Pick<OperationAct, 'milliseconds'> & Partial<OperationAct> & { name: string };
type Where = { context: JobContext; world: World; seen: readonly Json[] };

/** How long an attempt that hangs may hang, in milliseconds. */
const timeLimitMs = 60;

/** An operation with an effect in the cloud and every attempt in the ledger. Its value is the attempt that succeeded. */
export function effectOperation(where: Where, wanted: Wanted): Promise<number> {
  const seen = digestOf(where.seen).slice(0, 12);
  const body = (attempt: Attempt) => tryOnce(where, { ...wanted, seen }, attempt);
  return where.context.operation(wanted.name, body, optionsOf(where, wanted));
}

function optionsOf({ context, world }: Where, wanted: Wanted): OperationOptions<number> {
  const { name, trouble = 'none', reconciles = false, hasOwnKey = false } = wanted;
  return {
    ...(trouble === 'doomed' ? { retry: { attempts: 2, backoff: 5 } } : {}),
    ...(trouble === 'fails' || trouble === 'hangs'
      ? { retry: { attempts: 100, backoff: 5, factor: 1.5, maxBackoff: 40 } }
      : {}),
    ...(trouble === 'hangs' ? { within: timeLimitMs } : {}),
    ...(hasOwnKey ? { idempotencyKey: ownKey(context.runId, name) } : {}),
    ...(reconciles ? { onUnknown: 'reconcile', reconcile } : {}),
  };

  async function reconcile(attempt: Attempt) {
    const found = world.cloud.has(attempt.idempotencyKey);
    const { unknown } = attempt;
    const line = { run: context.runId, operation: name, attempt: attempt.attempt, unknown };
    world.ledger.write({ kind: 'ask', ...line, found });
    return found ? { done: true as const, value: attempt.attempt } : { done: false as const };
  }
}

async function tryOnce(
  { context, world }: Where,
  wanted: Wanted & { seen: string },
  attempt: Attempt,
): Promise<number> {
  const run = context.runId;
  const { name: operation, seen } = wanted;
  const line = { run, operation, attempt: attempt.attempt, unknown: attempt.unknown };
  world.ledger.write({ kind: 'begin', ...line, seen });
  try {
    await work(world, wanted, attempt);
    world.cloud.request({ key: attempt.idempotencyKey, run, operation });
    await world.clock.sleep(wanted.milliseconds / 2);
  } catch (error) {
    world.ledger.write({ kind: 'end', ...line, result: 'failed' });
    throw error;
  }
  world.ledger.write({ kind: 'end', ...line, result: 'ok' });
  return attempt.attempt;
}

/** Everything before the effect. */
async function work({ clock }: World, wanted: Wanted, { attempt, signal }: Attempt): Promise<void> {
  const { milliseconds, trouble = 'none', times = 0, obeys = true } = wanted;
  await clock.sleep(milliseconds / 2, obeys ? signal : undefined);
  if (trouble === 'doomed') throw new Fatal('Nothing can mend this');
  if (attempt > times) return;
  if (trouble === 'fails') throw new Error(`Attempt ${attempt} fails`);
  if (trouble === 'hangs') await clock.sleep(60_000, signal);
}
