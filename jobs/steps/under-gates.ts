import { type Act, type BakeState, beginBake, nextOfBake, type Watch } from '../../src/domain/bake.ts';
import type { DeploymentEvent } from '../../src/domain/events.ts';
import type { Colour } from '../../src/domain/release.ts';
import { NobodyAnswered } from '../ask.ts';
import type { RetryPolicy } from '../engine/engine.ts';
import { type Carried, type Observation, observe } from '../observe/observe.ts';
import type { Subject } from '../observe/subject.ts';
import { bakeQuestion, waitWords } from './bake-question.ts';
import { keepUp } from './keep-up.ts';
import type { Limits } from './limits.ts';
import { mindSwitch } from './mind-switch.ts';
import { regionBaseline } from './region-baseline.ts';
import { StepFailed, type StepRun } from './step-run.ts';

export type UnderGates = {
  step: { id: string; to: Colour };
  /** Percent of traffic (0-100) that the new colour has meanwhile. */
  weight: number;
  /** What the next weight is, where a person is asked to let it go there. */
  next?: number;
  goal: Watch['goal'];
  /** Of a bake, in milliseconds. */
  length: number;
  /** How far an earlier run came. */
  begin: Parameters<typeof beginBake>[0];
  /** Tells several such watches of one step apart. */
  name: string;
};

export type Outcome = {
  /** `override`: people said to put Forge's weights in place of those that were `shown`. */
  kind: 'done' | 'override';
  because?: string;
  shown?: string;
  seen: Observation;
};

/** A run that watches for so long begins again with an empty journal, far from the most a run may do. */
const OPERATIONS_UNTIL_ANEW = 1000;

const LOOKS_AT_A_QUESTION = 100;

const lookAgain: RetryPolicy = {
  attempts: 5,
  backoff: 500,
  on: (error) => !(error instanceof Error && error.name === 'TakenOver'),
};

/**
 * Watches the new colour until the goal is reached, whatever comes between: pauses, questions, silence. Throws `StepFailed`
 * when it is to be put back, `NobodyAnswered` after a question's deadline.
 */
export async function underGates(run: StepRun, request: UnderGates): Promise<Outcome> {
  const { context, world } = run;
  const { region } = run.target;
  const subject = subjectOf(run, request);
  const baseline = request.weight > 0 ? await regionBaseline(run, request.step) : undefined;
  const watch = watchOf(run, request);
  let state = beginBake({ ...request.begin, knowsLiveIsDown: run.knowsLiveIsDown.has(region) });
  let carried: Carried = { probe: [], silence: {} };
  let shown: string | undefined;
  for (let look = 1; ; look += 1) {
    if (state.asked === undefined) await context.startOver({ after: OPERATIONS_UNTIL_ANEW });
    const name = `${request.name} ${look}`;
    const { since, from } = state;
    const asking = {
      subject,
      since,
      from,
      baseline,
      carried,
      until: dueOf(state, watch),
      within: withinOf(state, run.limits),
    };
    const seen = await context.operation<Observation>(
      `${request.step.id}: ${name}`,
      ({ signal }) => observe(asking, world, signal),
      { retry: lookAgain },
    );
    const next = nextOfBake(state, seen.seen, watch);
    const isWritten = await write(run, { ...request, name, seen, ...next });
    carried = isWritten ? seen.carried : { ...seen.carried, news: 'look again' };
    state = isWritten ? next.state : { ...state, at: seen.seen.at };
    if (!isWritten) continue;
    if (state.knowsLiveIsDown) run.knowsLiveIsDown.add(region);
    else run.knowsLiveIsDown.delete(region);
    if (next.act.kind === 'ask') shown = shownIn(seen);
    const outcome = outcomeOf(next.act, { seen, shown, run });
    if (outcome !== undefined) return outcome;
    await mindSwitch(run, { subject, seen, name });
    if (request.goal === 'ready') {
      await keepUp(run, { to: request.step.to, seen, name: `${request.step.id}: ${name}` });
    }
  }
}

function subjectOf({ deployment, plan, target, title }: StepRun, { step, weight }: UnderGates): Subject {
  return { deployment, plan, target, title, step: step.id, to: step.to, weight };
}

function watchOf({ limits }: StepRun, { goal, length, weight }: UnderGates): Watch {
  const { evidenceWithin, questionWithin, silence } = limits;
  return { goal, length, weight, evidenceWithin, questionWithin, silence };
}

/** Longer while people are asked, so that a question fits into one journal however short everything else is. */
function withinOf({ asked }: BakeState, { observe, questionWithin }: Limits): number {
  return asked === undefined ? observe : Math.max(observe, questionWithin / LOOKS_AT_A_QUESTION);
}

/** When something happens by the clock alone; in the past once it has. */
function dueOf({ asked, at, since, baked, wasPaused }: BakeState, { goal, length }: Watch): number {
  const dates = asked === undefined ? [] : [asked.deadline, ...(asked.isReminded ? [] : [asked.remindAt])];
  if (goal === 'bake' && !wasPaused) dates.push(Math.max(at, since) + length - baked);
  return Math.min(Number.MAX_SAFE_INTEGER, ...dates.filter((date) => date > at));
}

type Written = UnderGates & { seen: Observation; state: BakeState; act: Act };

/** Records what was seen and what follows, in one commit; false where somebody was first and it does not follow any more. */
async function write(
  run: StepRun,
  { step, name, goal, length, seen, state, act, ...request }: Written,
): Promise<boolean> {
  const { region } = run.target;
  const events = [...(seen.tell ?? []), ...eventsOf(act, { run, step, ...request, shown: shownIn(seen) })];
  const because = act.kind === 'wait' ? waitWords(act) : undefined;
  if (seen.gates.length > 0 || because !== undefined) {
    const waits = because === undefined ? {} : { waits: because };
    events.push({ type: 'gates-read', region, step: step.id, gates: seen.gates, ...waits });
  }
  if (goal === 'bake') events.push(progressOf(step.id, length, state));
  if (events.length === 0) return true;
  const isAnswer = act.kind === 'remind' || act.kind === 'close' || act.kind === 'give-up';
  const why = act.kind === 'give-up' ? { why: 'nobody answered the question in time' } : {};
  const written = await run.record(`${name}: seen`, events, {
    expect: isAnswer ? seen.version : 'any',
    ...why,
  });
  return written === 'committed';
}

function progressOf(step: string, length: number, { baked, isExtended }: BakeState): DeploymentEvent {
  const whole = Math.max(1, Math.round(length / 1000));
  const done = Math.min(whole, Math.floor(baked / 1000));
  const progress = isExtended ? { done: whole + done, of: 2 * whole } : { done, of: whole };
  return { type: 'step-progressed', step, progress };
}

function eventsOf(
  act: Act,
  {
    run,
    step,
    weight,
    next,
    shown,
  }: Pick<UnderGates, 'step' | 'weight' | 'next'> & { run: StepRun; shown: string | undefined },
): DeploymentEvent[] {
  const { region } = run.target;
  switch (act.kind) {
    case 'ask': {
      const { deadline, concern } = act;
      const weights = shown === undefined ? {} : { weights: shown };
      return [{ type: 'held', ...bakeQuestion(concern, { run, weight, next }), deadline, ...weights }];
    }
    case 'remind':
      return [{ type: 'reminded' }];
    case 'close':
      return [{ type: 'resumed' }];
    case 'give-up':
      return [{ type: 'abort-requested' }];
    case 'fired':
      return [{ type: 'switch-fired', region, to: step.to === 'blue' ? 'green' : 'blue' }];
    case 'wait':
    case 'override':
    case 'done':
    case 'fail':
      return [];
  }
}

function outcomeOf(
  act: Act,
  { seen, shown, run }: { seen: Observation; shown: string | undefined; run: StepRun },
): Outcome | undefined {
  switch (act.kind) {
    case 'done':
      return { kind: 'done', seen, ...(act.because === undefined ? {} : { because: act.because }) };
    case 'override':
      return { kind: 'override', seen, ...(shown === undefined ? {} : { shown }) };
    case 'fail':
      throw new StepFailed(act.reason);
    case 'fired':
      throw new StepFailed(firedWords(run));
    case 'give-up':
      throw new NobodyAnswered('nobody answered the question in time');
    case 'wait':
    case 'ask':
    case 'remind':
    case 'close':
      return undefined;
  }
}

/** Foreign weights, as people are asked about them: an answer is about those only. */
function shownIn({ seen: { traffic } }: Observation): string | undefined {
  return traffic.kind === 'foreign' ? traffic.shown : undefined;
}

export function firedWords({ title, target }: Pick<StepRun, 'title' | 'target'>): string {
  return `Forge was silent for too long, and the dead-man switch moved the traffic of ${title} in ${target.region} back.`;
}
