import { messageOf, NotEligible, UserError } from '../src/domain/errors.ts';
import { environmentNamed, serviceNamed } from '../src/domain/policy.ts';
import { nextOccurrence, type Recurring } from '../src/domain/recurring.ts';
import { LATE } from '../src/domain/schedule.ts';
import { RECUR_BELL, requireRecurrable } from '../src/use-cases/recurring.ts';
import { requestDeployment } from '../src/use-cases/request-deployment.ts';
import { requireStillMay } from '../src/use-cases/require-still-may.ts';
import type { JobContext } from './engine/engine.ts';
import { OPERATIONS_UNTIL_ANEW, readAgain } from './trouble.ts';
import type { World } from './world.ts';

export type RecurInput = { recurring: string };

/** What an occurrence came to; `done`: a deployment was asked for, or it was dealt with before. `tells`: Slack id of whom or where it is told. */
type Outcome = { kind: 'early' } | { kind: 'done' } | { kind: 'not'; reason: string; tells: string };

/** Where a cron names no time any more. Milliseconds since the epoch. */
const NEVER = Date.UTC(9999, 0, 1);

/**
 * Asks for a deployment at each occurrence until it is cancelled. One that was missed by more than ten minutes, or could not be
 * asked for, is told to its owner, and the next one comes all the same.
 */
export async function recur(context: JobContext<RecurInput>, world: World): Promise<void> {
  const { recurring: id } = context.input;
  for (let round = 1; ; round += 1) {
    await context.startOver({ after: OPERATIONS_UNTIL_ANEW });
    const name = (what: string) => `${what} (round ${round})`;
    const due = await context.operation(name('look when it is due'), () => dueAt(id, world), {
      retry: readAgain,
    });
    if (due === null) return;
    await context.waitFor(RECUR_BELL, { within: { until: due } });
    const outcome = await context.operation<Outcome>(name('ask for it'), () => askFor(id, due, world), {
      retry: readAgain,
    });
    if (outcome.kind !== 'not') continue;
    const { reason, tells } = outcome;
    const next = await context.operation(name('look for the next'), async () => nextAfter(id, due, world), {
      retry: readAgain,
    });
    // A conflict: it was cancelled at this very moment.
    await context.commit(name('tell the owner'), [
      { kind: 'advance-recurring', id, from: due, to: next, problem: reason },
      {
        kind: 'announce',
        announcement: {
          ...{
            id: `${id}/${new Date(due).toISOString()}/${tells}`,
            about: id,
            tells: 'recurring-not-started',
          },
          ...{ channel: tells, notBefore: due },
        },
      },
    ]);
  }
}

async function dueAt(id: string, { store }: World): Promise<number | null> {
  const recurring = await store.recurring(id);
  return recurring === undefined || recurring.cancelled !== undefined ? null : recurring.nextAt;
}

async function askFor(id: string, due: number, world: World): Promise<Outcome> {
  const recurring = await world.store.recurring(id);
  const now = world.clock.now();
  if (recurring?.nextAt !== due || recurring.cancelled !== undefined) return { kind: 'done' };
  if (now < due) return { kind: 'early' };
  const { owner } = recurring;
  if (now > due + LATE) {
    return {
      kind: 'not',
      tells: owner,
      reason: 'Forge was not there at its time, and more than ten minutes late it is skipped.',
    };
  }
  try {
    await request(recurring, world);
    return { kind: 'done' };
  } catch (error) {
    const reason = error instanceof UserError ? error.message : `There was a problem: ${messageOf(error)}`;
    return { kind: 'not', tells: tellsOf(error, recurring, world), reason };
  }
}

/** Its owner; the environment’s channel where the owner has left, or may not do that any more: then others must know. */
function tellsOf(error: unknown, { owner, environment }: Recurring, { policy }: World): string {
  const channel = environmentNamed(policy, environment)?.channel;
  return error instanceof NotEligible && channel !== undefined ? channel : owner;
}

/** In one commit with the step to the next occurrence: a deployment for each, however often it is tried. */
async function request(recurring: Recurring, world: World): Promise<void> {
  const { id, owner, nextAt, ref, strategy, reason } = recurring;
  const service = serviceNamed(world.policy, recurring.service);
  const environment = environmentNamed(world.policy, recurring.environment);
  if (service === undefined || environment === undefined || service.runs[environment.name] === undefined) {
    throw new UserError(`${recurring.service} does not run in ${recurring.environment} any more.`);
  }
  requireRecurrable(environment);
  const place = { service: service.name, environment: environment.name };
  await requireStillMay(owner, { act: 'schedule', ...place }, world);
  const outcome = await requestDeployment(
    {
      ...{ service, environment, why: reason ?? `Recurring, as ${id}` },
      ...(ref === undefined ? {} : { ref }),
      ...(strategy === undefined ? {} : { strategy }),
      occurrence: { recurring: id, at: nextAt, next: after(recurring, world.clock.now()) },
    },
    {
      actor: { kind: 'person', userId: owner, via: 'command' },
      arrival: `recurring/${id}/${new Date(nextAt).toISOString()}`,
    },
    world,
  );
  if (outcome.kind !== 'ambiguous') return;
  throw new UserError(`“${outcome.ref}” could be several releases now.`);
}

async function nextAfter(id: string, due: number, { store, clock }: World): Promise<number> {
  const recurring = await store.recurring(id);
  return recurring === undefined ? NEVER : after(recurring, Math.max(due, clock.now()));
}

function after(recurring: Recurring, time: number): number {
  return nextOccurrence(recurring, time) ?? NEVER;
}
