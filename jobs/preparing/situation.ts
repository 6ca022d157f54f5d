import { withOneMore } from '../../src/domain/approval.ts';
import {
  type ApprovalRules,
  type ApprovalStanding,
  approvalStanding,
  isEmergency,
} from '../../src/domain/approval-standing.ts';
import { isPusherUnknown, pushersOf } from '../../src/domain/automatic.ts';
import type { BuildStanding } from '../../src/domain/build-standing.ts';
import type { ChecksStanding } from '../../src/domain/check-standing.ts';
import { type Deployment, hasEffects, isFinished } from '../../src/domain/deployment.ts';
import { regionsOf } from '../../src/domain/plan.ts';
import { environmentNamed, type Policy } from '../../src/domain/policy.ts';
import {
  LATE,
  LOOK_AGAIN,
  type OwnerStanding,
  ownerStanding,
  type Scheduled,
} from '../../src/domain/schedule.ts';
import type { StartProblem } from '../../src/domain/schedule-event.ts';
import { decideStart, type StartDecision } from '../../src/domain/start-times.ts';
import { startQuestionOf } from '../../src/use-cases/start-question.ts';
import { requireState } from '../require-state.ts';
import { readAgain } from '../trouble.ts';
import type { World } from '../world.ts';
import { madeReady } from './made-ready.ts';
import type { Context } from './round.ts';
import { type ChangesSeen, changesSeen } from './see-changes.ts';

/** How a deployment that has not begun stands at one moment; what is decided on it is written only while it is so. */
export type Situation = {
  /** It has ended, or its effects have begun. */
  isOver: boolean;
  isNew: boolean;
  isRollback: boolean;
  version: number;
  /** Milliseconds since the epoch. */
  now: number;
  standing: ApprovalStanding;
  /** Version of the policy all this was found under. */
  policy: string;
  /** What people were told stands in its way; it may do so no more. */
  trouble: string | null;
  /** People were asked under another policy than there is now: its plan is of that one, too. */
  isOutdated: boolean;
  /** Slack ids of who may not approve it. */
  excluded: string[];
  /** How long people have to approve it. Milliseconds. */
  within: number;
  /** Another deployment that has the service. */
  other: number | null;
  /** Whether its first region may begin now. */
  start: Start;
  /** It waits already, and says so in these words. */
  waitsFor: { for: string; why: string; until: number | null } | null;
  /** Whether the owner of a scheduled one must say that it may start as it is. */
  owner: OwnerStanding;
  /** It starts at a time of its own, so that its owner is asked where it cannot. */
  isScheduled: boolean;
  /** Of a scheduled one: when it is looked at again before it starts. Milliseconds since the epoch. */
  lookAt: number | null;
  /** Whatever it waits for, it looks how it stands at this time. Milliseconds since the epoch. */
  wakeAt: number | null;
  /** What is to be done about its checks. Absent: nothing. */
  checks?: ChecksStanding;
  /** What is to be done about its image. Absent: it is there. */
  build?: BuildStanding;
  /** Whether people know what is different in the code. Absent: nobody can be asked. */
  changes?: ChangesSeen;
  /** People have been at it, or it has waited: what has changed meanwhile is no reason to give it up. */
  isPatient: boolean;
};

/** `scheduled`: its time is to come, and `why` says what is to be said of that. */
type Start = StartDecision | { kind: 'scheduled'; why: string; until: number };

/**
 * A situation, and whether it was read in this life of the run: what an earlier one saw may be over, such as its time. That is not
 * of the journal: nothing may depend on it but what is written in one commit.
 */
export type Seen = { situation: Situation; isOfNow: boolean };

/** `problem`: what was just found to be in the way of a scheduled one. */
export async function readSituation(
  context: Context,
  name: string,
  world: World,
  problem?: StartProblem,
): Promise<Seen> {
  const { store, policy, clock } = world;
  let isOfNow = false;
  const read = async (): Promise<Situation> => {
    isOfNow = true;
    const state = await requireState(context.input.deployment, store);
    const { phase, undoes, version, approval, service, environment, startedAt } = state;
    const now = clock.now();
    const standing = standingOf(state, policy, now);
    const others = await store.unfinished({ service, environment });
    // An emergency starts at once, whatever it was scheduled for, and nobody asks its owner.
    const isUrgent = isEmergency(state, policy.version);
    const scheduled: Scheduled = isUrgent ? { plan: state.plan } : state;
    const { startAt = now } = scheduled;
    const at = Math.max(now, startAt);
    const start = await mayStart(state, at, { store, policy });
    const owner = ownerStanding(scheduled, {
      ...{ now, start, within: policy.timing.questionWithin },
      isCleared: standing.kind === 'approved' || standing.kind === 'not-needed',
      ...(problem === undefined ? {} : { problem }),
    });
    return {
      start: at > now ? toCome(start, at) : start,
      ...{ owner, isScheduled: scheduled.startAt !== undefined, ...timesOf(scheduled, { owner, now }) },
      waitsFor: waitsFor(state, { isUrgent }),
      ...madeReady(state, policy, now),
      ...changesSeen(state, world),
      isPatient: hasWaited(state),
      other: others.find(hasEffects)?.number ?? null,
      isOver: isFinished(state) || startedAt !== undefined,
      isNew: phase.kind === 'requested',
      isRollback: undoes !== undefined,
      ...{ version, now, standing, policy: policy.version },
      trouble: state.trouble ?? null,
      within: rulesFor(state, policy).approvals?.within ?? 0,
      isOutdated: standing.kind === 'to-ask' && approval !== undefined && approval.policy !== policy.version,
      excluded: excludedFrom(state),
    };
  };
  const situation = await context.operation(name, read, { retry: readAgain });
  return { situation, isOfNow };
}

/** People have been at it, or it was checked or built, which takes its time. */
function hasWaited({ approval, phase, startAt, checkStates, build }: Deployment): boolean {
  const isLong = checkStates.length > 0 || build !== undefined;
  return approval !== undefined || phase.kind === 'waiting' || startAt !== undefined || isLong;
}

/** Nobody is shown what to vote on while it waits for something else or is checked: who has not let it go by then is asked again. */
function standingOf(state: Deployment, policy: Policy, now: number): ApprovalStanding {
  const rules = rulesFor(state, policy);
  const standing = approvalStanding(state, rules, now);
  const { approval, phase } = state;
  const isChecked = phase.kind === 'checking' || phase.kind === 'building';
  const isUnseen =
    (standing.kind === 'open' && (isChecked || phase.kind === 'waiting')) ||
    // Nobody could vote in time.
    (standing.kind === 'expired' && isChecked);
  if (!isUnseen || approval === undefined) return standing;
  const { round, digest, policy: version, needs } = approval;
  const changes = [
    isChecked ? 'It was checked again meanwhile.' : 'It has waited for something else meanwhile.',
  ];
  return { kind: 'to-ask', round: round + 1, digest, policy: version, needs: [...needs], changes };
}

/** After an emergency that is none any more, what it waits for is said anew, which ends the emergency for people as well. */
function waitsFor(
  { phase, emergency }: Deployment,
  { isUrgent }: { isUrgent: boolean },
): Situation['waitsFor'] {
  if (phase.kind !== 'waiting') return null;
  const isVoided = emergency !== undefined && !isUrgent;
  // Waiting in line says nothing of an emergency.
  if (isVoided && phase.for !== 'deployment') return null;
  return { for: phase.for, why: phase.why, until: phase.until ?? null };
}

/** Who asked for it or pushed it, and who set its time last. */
function excludedFrom({ requestedBy, lastEditor, ...deployment }: Deployment): string[] {
  const requester = requestedBy.kind === 'person' ? [requestedBy.userId] : [];
  const editor = lastEditor === undefined ? [] : [lastEditor];
  return [...new Set([...requester, ...editor, ...pushersOf(deployment)])];
}

/** Its time is to come; whoever is to consent to it has until then. */
function toCome(start: StartDecision, startAt: number): Start {
  switch (start.kind) {
    case 'may':
      return { kind: 'scheduled', why: 'It is scheduled.', until: startAt };
    case 'must-wait':
      return {
        kind: 'scheduled',
        why: `It is scheduled, but as things stand it may not start at its time: ${start.why} If that is still so 15 minutes before, its owner is asked.`,
        until: startAt,
      };
    case 'needs-consent':
      return { ...start, until: startAt };
  }
}

function timesOf(
  { startAt, agreed }: Scheduled,
  { owner, now }: { owner: OwnerStanding; now: number },
): Pick<Situation, 'lookAt' | 'wakeAt'> {
  if (startAt === undefined || agreed === undefined) return { lookAt: null, wakeAt: null };
  const lookAt = startAt - LOOK_AGAIN;
  const asked = owner.kind === 'open' ? [owner.deadline, owner.remindAt ?? owner.deadline] : [];
  const ahead = [lookAt, startAt, agreed.dueAt + LATE + 1, ...asked].filter((time) => time > now);
  return { lookAt, wakeAt: ahead.length === 0 ? null : Math.min(...ahead) };
}

/** What policy says of approving it. A rollback needs none. */
export function rulesFor(
  deployment: Pick<Deployment, 'undoes' | 'environment' | 'pushed'>,
  policy: Policy,
): ApprovalRules {
  const { undoes, environment } = deployment;
  const written = undoes === undefined ? environmentNamed(policy, environment)?.approvals : undefined;
  if (written === undefined) return { version: policy.version };
  return { version: policy.version, approvals: isPusherUnknown(deployment) ? withOneMore(written) : written };
}

/** A rollback is never held up. */
async function mayStart(
  deployment: Deployment,
  at: number,
  reached: Pick<World, 'store' | 'policy'>,
): Promise<StartDecision> {
  const { undoes, plan } = deployment;
  const [region] = regionsOf(plan);
  if (undoes !== undefined || region === undefined) return { kind: 'may', despite: [] };
  return decideStart(await startQuestionOf(deployment, at, reached), region);
}
