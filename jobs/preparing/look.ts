import type { DeploymentEvent } from '../../src/domain/events.ts';
import type { Plan } from '../../src/domain/plan.ts';
import type { StartProblem } from '../../src/domain/schedule-event.ts';
import { type Outcome, platformCall, reasonOf } from '../platform-call.ts';
import { pause } from '../trouble.ts';
import type { World } from '../world.ts';
import { tell } from './act.ts';
import { afterLook, afterPlanning, type Next } from './after-look.ts';
import { carryOut } from './carry-out.ts';
import { check } from './check.ts';
import { askOwner } from './next-act.ts';
import { type Replanned, replan } from './replan.ts';
import { type Context, type NotStarted, type Round, refused } from './round.ts';
import { seeChanges } from './see-changes.ts';
import { readSituation } from './situation.ts';
import { start } from './start.ts';
import type { TellTrouble } from './trouble-teller.ts';

/** `unanswered`: by AWS. `conflict`: something else happened at this very moment. Both leave to be looked at what was. */
export type Turn = 'done' | 'unanswered' | 'conflict' | 'started' | NotStarted;

export type Reached = { world: World; tellTrouble: TellTrouble };

/** Looks whether what would be done still holds, and does what follows: asks people, waits on, starts it or gives it up. */
export async function look(context: Context, round: Round, reached: Reached): Promise<Turn> {
  const { world } = reached;
  const checked = await check(context, round, world);
  const { outcome } = checked;
  const isOfNow = round.isOfNow && checked.isOfNow;
  if (outcome.kind !== 'done') return unanswered(context, outcome, round, reached);
  const answered = await sayAnswered(context, round);
  if (answered === undefined) return 'conflict';
  const next = afterLook(answered.situation, outcome.value);
  if (next.kind !== 'plan-anew') return goOn(context, next, { round: answered, isOfNow }, world);
  const replanned = await planAnew(context, answered, world);
  if (replanned.kind !== 'done') return unanswered(context, replanned, answered, reached);
  const anew = afterPlanning(answered.situation, replanned.value);
  return goOn(context, anew, { round: answered, isOfNow }, world);
}

type Unanswered = Exclude<Outcome<never>, { kind: 'done' }>;

/** While people wait, so does Forge, until AWS answers, their time is over or a person aborts it. A rollback waits, too, while AWS is silent. */
export async function unanswered(
  context: Context,
  outcome: Unanswered,
  round: Round,
  { world, tellTrouble }: Reached,
): Promise<Turn> {
  const { name, number, situation } = round;
  const { isPatient, isRollback } = situation;
  const { kind, reason } = outcome;
  if (kind === 'refused' && !isPatient) return refused(`${reason} Nothing was changed.`);
  if (kind === 'silent' && !isPatient && !isRollback) {
    return refused(
      `AWS does not answer, so Forge cannot tell what is live: ${reason} Nothing was changed; try again later.`,
    );
  }
  await tellTrouble(round, reasonOf(outcome));
  const { deployment } = context.input;
  await pause(context, { name: name('pause'), round: number, deployment }, world);
  return 'unanswered';
}

/** AWS answers again, which people are told where they wait on. Undefined: something else happened at this very moment. */
async function sayAnswered(context: Context, round: Round): Promise<Round | undefined> {
  const { name, situation } = round;
  const { trouble, isPatient, version } = situation;
  if (trouble === null || !isPatient) return round;
  const { deployment } = context.input;
  const told = await context.commit(name('unblocked'), [
    { kind: 'append', deployment, expect: version, events: [{ type: 'unblocked' }] },
  ]);
  if (told === 'conflict') return undefined;
  return { ...round, situation: { ...situation, trouble: null, version: version + 1 } };
}

function planAnew(context: Context, { name }: Round, world: World): Promise<Outcome<Replanned>> {
  const { deployment } = context.input;
  const plan = (reached: World, signal: AbortSignal) => replan(deployment, reached, signal);
  return platformCall<Replanned>(context, name('plan anew'), plan, world);
}

export async function goOn(
  context: Context,
  next: Next,
  { round, isOfNow }: { round: Round; isOfNow: boolean },
  world: World,
): Promise<Turn> {
  switch (next.kind) {
    case 'refuse':
      return refused(next.reason);
    case 'ask-about':
      return askAbout(context, next.problem, round, world);
    case 'nothing': {
      const seen = await seeChanges(context, round, undefined, world);
      if (seen.length === 0) return 'done';
      return carryOut(context, tell('tell what is different in the code', ...seen), round);
    }
    case 'start':
      return start(context, round, { checked: next.checked, isOfNow }, world);
    case 'tell': {
      const { events } = next;
      const seen = events.some(isForPeople) ? await seeChanges(context, round, plannedIn(events), world) : [];
      return carryOut(context, { ...next, events: [...seen, ...events] }, round);
    }
    case 'wait':
    case 'wait-in-line':
      return carryOut(context, next, round);
  }
}

/** People decide about it from now on, or see it wait. */
function isForPeople({ type }: DeploymentEvent): boolean {
  return type === 'approval-asked' || type === 'waiting';
}

function plannedIn(events: readonly DeploymentEvent[]): Plan | undefined {
  return events.find((event) => event.type === 'replanned')?.plan;
}

/** Asks the owner of a scheduled deployment what is to become of it, unless that is asked already. */
async function askAbout(context: Context, problem: StartProblem, round: Round, world: World): Promise<Turn> {
  const name = round.name('look what its owner knows');
  const seen = await readSituation(context, name, world, problem);
  const { owner, isOver } = seen.situation;
  if (owner.kind === 'open') return 'done';
  if (owner.kind !== 'to-ask' || isOver) return 'conflict';
  return carryOut(context, askOwner(owner), { ...round, ...seen });
}
