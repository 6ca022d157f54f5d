import type { CheckSubject } from '../../src/checks/check-look.ts';
import type { CheckPolicy, CheckVerdict } from '../../src/domain/check.ts';
import type { Looked } from '../../src/domain/check-standing.ts';
import type { Deployment } from '../../src/domain/deployment.ts';
import type { DeploymentEvent } from '../../src/domain/events.ts';
import { environmentNamed, type Policy, serviceNamed } from '../../src/domain/policy.ts';
import { checksFor, plannedCheck } from '../../src/domain/policy-checks.ts';
import type { CheckResultChange } from '../../src/ports/check-results.ts';
import { lookAtCheck as lookAtIt } from '../../src/use-cases/look-at-check.ts';
import { minutesTold } from '../minutes-told.ts';
import { platformCall, reasonOf } from '../platform-call.ts';
import { requireState } from '../require-state.ts';
import { pause } from '../trouble.ts';
import type { World } from '../world.ts';
import type { Reached } from './look.ts';
import type { CheckLater } from './make-ready.ts';
import { note } from './note.ts';
import type { Context, Round } from './round.ts';
import type { Situation } from './situation.ts';

/** What one look at a check came to. */
type Found =
  /** The policy does not ask for it any more, or for something else. */
  | { kind: 'gone' }
  /** `isSaid`: people were told who is late. */
  | { kind: 'waiting'; event: DeploymentEvent; isSaid: boolean; lookAgainAt: number }
  | { kind: 'decided'; event: DeploymentEvent; keep: CheckResultChange[] };

/**
 * Looks at one check of the policy and writes what it came to. Gives when it is looked at again, where it is not decided. The code host
 * and AWS may be silent for as long as the check may take.
 */
export async function lookAtCheck(
  context: Context,
  check: Looked,
  round: Round,
  { world, tellTrouble }: Reached,
): Promise<{ check?: CheckLater }> {
  const { deployment: number } = context.input;
  const { name, situation } = round;
  const outcome = await platformCall<Found>(
    context,
    name(`look at ${check.name}`),
    (reached, signal) => find(number, check, reached, signal),
    world,
  );
  const isLate = situation.now - check.startedAt >= check.within;
  if (outcome.kind === 'silent' && !isLate) {
    await tellTrouble(round, reasonOf(outcome));
    await pause(context, { name: name('pause'), round: round.number, deployment: number }, world);
    return {};
  }
  const found =
    outcome.kind === 'done'
      ? outcome.value
      : await untold(context, { check, says: reasonOf(outcome), name }, world);
  const isStill = (now: Situation) => isAbout(check, now);
  switch (found.kind) {
    case 'gone':
      return {};
    case 'waiting': {
      const events = found.isSaid ? [] : [found.event];
      await note(context, { what: check.name, events, isStill }, round, world);
      return { check: { name: check.name, startedAt: check.startedAt, at: found.lookAgainAt } };
    }
    case 'decided': {
      const told = { what: check.name, events: [found.event], besides: found.keep, isStill };
      await note(context, told, round, world);
      return {};
    }
  }
}

function isAbout({ name, of, startedAt }: Looked, { checks }: Situation): boolean {
  const now = checks?.kind === 'cleared' ? checks.stale : checks;
  return (
    now !== undefined &&
    now !== null &&
    'startedAt' in now &&
    now.name === name &&
    now.of === of &&
    now.startedAt === startedAt
  );
}

async function find(number: number, check: Looked, world: World, signal: AbortSignal): Promise<Found> {
  const state = await requireState(number, world.store);
  const policy = checksFor(state, world.policy).find(({ name }) => name === check.name);
  const subject = subjectOf(state, world.policy);
  if (policy === undefined || subject === undefined || plannedCheck(policy).of !== check.of) {
    return { kind: 'gone' };
  }
  const attempt = `deployment ${number}, ${check.name}, ${check.startedAt}`;
  const { verdict, keep } = await lookAtIt(policy, subject, world, { signal, attempt });
  return foundOf(verdict, { policy, state, check, keep }, world);
}

/** Undefined: the policy does not know the service any more, or what is deployed has no commit. */
function subjectOf({ service, environment, plan }: Deployment, policy: Policy): CheckSubject | undefined {
  const known = serviceNamed(policy, service);
  const where = environmentNamed(policy, environment);
  const { commit, version } = plan.to;
  if (known === undefined || where === undefined || commit === undefined) return undefined;
  const regions = Object.values(plan.from);
  const live = [...new Set(regions.flatMap((one) => one.commit ?? []))];
  // Where one region's is not known, nobody can tell what is new there.
  const isKnown = live.length > 0 && regions.every((one) => one.commit !== undefined);
  return {
    ...{ service: known, environment: where, commit, version },
    ...(isKnown ? { liveCommit: live } : {}),
  };
}

type About = { policy: CheckPolicy; state: Deployment; check: Looked; keep: CheckResultChange[] };

function foundOf(
  verdict: CheckVerdict,
  { policy, state, check, keep }: About,
  { clock, policy: { timing } }: World,
): Found {
  const now = clock.now();
  const { name } = policy;
  if (verdict.kind === 'passed') {
    return { kind: 'decided', event: { type: 'check-passed', name, detail: verdict.says }, keep };
  }
  if (verdict.kind === 'waiting' && now - check.startedAt < policy.within) {
    const { says, more, lookAgainIn } = verdict;
    const event = { type: 'check-waiting', name, says, ...(more === undefined ? {} : { more }) } as const;
    const known = state.checkStates.find((one) => one.name === name);
    const isSaid = known?.state === 'running' && known.says === says;
    const lookAgainAt = Math.min(now + lookAgainIn, check.startedAt + policy.within);
    return { kind: 'waiting', event, isSaid, lookAgainAt };
  }
  const { kind, says, more } = verdict;
  const tail = kind === 'waiting' ? undefined : verdict.tail;
  const event = {
    ...({ type: 'check-failed', name, verdict: kind === 'unknown' ? 'unknown' : 'failed' } as const),
    says: kind === 'waiting' ? `it was not done within ${minutesTold(policy.within)}. ${says}` : says,
    ...(tail === undefined ? {} : { tail }),
    ...(more === undefined ? {} : { more }),
    ...overrideOf(policy),
    deadline: deadlineOf(state, now, timing.questionWithin),
  };
  return { kind: 'decided', event, keep: [] };
}

/** Whose word lets it pass all the same. */
function overrideOf(policy: CheckPolicy): { override?: string } {
  return policy.kind === 'scan' && policy.override !== undefined ? { override: policy.override } : {};
}

/** Whoever scheduled it has until it is to start. */
export function deadlineOf({ startAt = 0 }: Deployment, now: number, within: number): number {
  return Math.max(now + within, startAt);
}

/** It was refused, or nobody answered for as long as it may take. */
function untold(
  context: Context,
  { check, says, name }: { check: Looked; says: string; name: Round['name'] },
  { store, clock, policy }: World,
): Promise<Found> {
  return context.operation<Found>(name(`until when ${check.name} may be mended`), async () => {
    const state = await requireState(context.input.deployment, store);
    const asked = checksFor(state, policy).find((one) => one.name === check.name);
    const event = {
      ...({ type: 'check-failed', name: check.name, verdict: 'unknown', says } as const),
      ...(asked === undefined ? {} : overrideOf(asked)),
      deadline: deadlineOf(state, clock.now(), policy.timing.questionWithin),
    };
    return { kind: 'decided', event, keep: [] };
  });
}
