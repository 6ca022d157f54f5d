import { z } from 'zod';
import { Actor } from './actor.ts';
import { ApprovalNeed, Verdict } from './approval.ts';
import { BuildJob } from './build.ts';
import { More, PlannedCheck } from './check.ts';
import { Plan } from './plan.ts';
import { Colour } from './release.ts';
import { ShownGate } from './shown-gate.ts';
import { Split } from './traffic.ts';

const step = z.string();
const region = z.string();

/** How far a step is, in whole things: healthy tasks, or the seconds of a watch. */
export const Progress = z.strictObject({
  done: z.int(),
  of: z.int(),
  /** Absent: tasks, or what the kind of the step says. */
  unit: z.literal('seconds').optional(),
  note: z.string().optional(),
});
export type Progress = z.infer<typeof Progress>;

/** How a person's answer reaches the work that was asked about. */
export const AnswerPath = z.discriminatedUnion('kind', [
  /** The run that worked on it is gone: "go on" starts this one in its place. */
  z.strictObject({ kind: z.literal('new-run'), run: z.string() }),
  /** A run waits for a signal of this name. */
  z.strictObject({ kind: z.literal('signal'), run: z.string(), name: z.string() }),
]);
export type AnswerPath = z.infer<typeof AnswerPath>;

/** What counts when nobody answers: it is aborted, or what was asked about counts as failed. */
export const SafeAnswer = z.enum(['abort', 'failed']);
export type SafeAnswer = z.infer<typeof SafeAnswer>;

/** Why a deployment that is under way does not begin, or go on, in a region. */
export const RegionWait = z.strictObject({
  region,
  for: z.enum(['window', 'freeze', 'lock', 'consent']),
  /** A sentence that names people as `<@U1>`. */
  why: z.string(),
  /** Milliseconds since the epoch; absent: nobody knows. */
  until: z.int().optional(),
});
export type RegionWait = z.infer<typeof RegionWait>;

/** Why a scheduled deployment could not be carried out as things were when it was looked at. */
export const StartProblem = z.strictObject({
  /** Of two that are about the same the words may differ, as counts do. */
  about: z.enum(['image', 'database', 'plan', 'policy']),
  /** A sentence, with what helps. */
  says: z.string(),
});
export type StartProblem = z.infer<typeof StartProblem>;

/** What was pushed to the code host, and by whom. Foreign text. */
export const Pushed = z.strictObject({
  repository: z.string(),
  /** Full name: `refs/heads/main`, `refs/tags/v1.2.0`. */
  ref: z.string(),
  commit: z.string(),
  /** Absent: the code host does not say. */
  login: z.string().optional(),
  /** Slack id of who pushed. Absent: nobody knows which person of the workspace it is. */
  person: z.string().optional(),
  /** Slack id of who wrote the commit, where nobody knows who pushed it. The commit says so itself, which proves nothing. */
  author: z.string().optional(),
});
export type Pushed = z.infer<typeof Pushed>;

/**
 * Everything that can happen to a deployment. These are the one truth people see and the audit trail;
 * `evolve` folds them into a `Deployment`.
 */
export const DeploymentEvent = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('requested'),
    service: z.string(),
    environment: z.string(),
    /** What the person named: a version, branch or commit. Absent: the environment's default. */
    ref: z.string().optional(),
    plan: Plan,
    /** Slack channel of the deployment message. */
    channel: z.string(),
    /** The deployment this one takes back. */
    undoes: z.int().optional(),
    /** It may not start before. Milliseconds since the epoch. */
    startAt: z.int().optional(),
    /** What was pushed, where a trigger asked for it. */
    pushed: Pushed.optional(),
  }),
  z.strictObject({ type: z.literal('checking') }),
  z.strictObject({ type: z.literal('check-finished'), name: z.string(), detail: z.string() }),
  /** What is looked at before it may start, in this order; made anew where the policy asks for something else. */
  z.strictObject({ type: z.literal('checks-planned'), checks: z.array(PlannedCheck) }),
  /** A check of the policy is looked at. */
  z.strictObject({ type: z.literal('check-started'), name: z.string() }),
  /** It is not decided yet: who or what is late. The newest one counts. */
  z.strictObject({
    type: z.literal('check-waiting'),
    name: z.string(),
    says: z.string(),
    more: More.optional(),
  }),
  /** What was found, in words. One that passed long ago may pass again, right before the start. */
  z.strictObject({ type: z.literal('check-passed'), name: z.string(), detail: z.string() }),
  /** It did not pass, so nothing is started: a person looks at it, and may have it looked at again. */
  z.strictObject({
    type: z.literal('check-failed'),
    name: z.string(),
    /** `unknown`: nobody can tell whether it would have passed. */
    verdict: z.enum(['failed', 'unknown']),
    /** What failed, in words. */
    says: z.string(),
    /** The last lines of its output, as they came. */
    tail: z.array(z.string()).optional(),
    more: More.optional(),
    /** Whose word lets it pass all the same. Absent: nobody's. */
    override: z.string().optional(),
    /** Milliseconds since the epoch. Where nobody has done anything by then, it is not started. */
    deadline: z.int(),
  }),
  /** Half of the time for a failed check, or a failed build, is over. */
  z.strictObject({ type: z.literal('check-reminded') }),
  /** A person has a failed check looked at again. */
  z.strictObject({ type: z.literal('check-retried'), name: z.string() }),
  /** Somebody whose word counts lets it pass all the same; the reason is recorded with it. */
  z.strictObject({ type: z.literal('check-overridden'), name: z.string() }),
  /** A person confirms what the box says; `of` as in `PlannedCheck`: of a box that says something else nothing is confirmed. */
  z.strictObject({ type: z.literal('box-ticked'), name: z.string(), of: z.string() }),
  /** The image is to be made; `correlation` will be in the name of the run that makes it. */
  z.strictObject({ type: z.literal('build-started'), correlation: z.string(), workflow: z.string() }),
  /** How far it is; each replaces the one before. */
  z.strictObject({
    type: z.literal('build-progressed'),
    run: z.int(),
    /** Absent: it is not known yet. */
    url: z.string().optional(),
    jobs: z.array(BuildJob),
  }),
  /** There is no image; a person may have it made again. */
  z.strictObject({
    type: z.literal('build-failed'),
    says: z.string(),
    tail: z.array(z.string()).optional(),
    url: z.string().optional(),
    /** Milliseconds since the epoch. */
    deadline: z.int(),
  }),
  z.strictObject({ type: z.literal('build-retried') }),
  /** The image is in the registry of every region, and is of the commit. */
  z.strictObject({ type: z.literal('build-finished'), detail: z.string() }),
  /** What it would do was made anew before it began, since what it was made from has changed. */
  z.strictObject({ type: z.literal('replanned'), plan: Plan }),
  /** People are asked whether it may start. Votes of an earlier round are void. */
  z.strictObject({
    type: z.literal('approval-asked'),
    /** 1, 2, 3 …: rises whenever what they are asked about has changed. */
    round: z.int(),
    /** Of everything they are asked about: see `askedAbout`. */
    digest: z.string(),
    /** The policy it is asked under, as `Policy.version`. */
    policy: z.string(),
    needs: z.array(ApprovalNeed),
    /** Who may not vote: who asked for it, pushed the tag, or edited the schedule last. */
    excluded: z.array(z.string()),
    /** Why its time needs somebody’s consent besides. Absent: it does not, or somebody has consented. */
    consent: z.string().optional(),
    /** Milliseconds since the epoch. */
    deadline: z.int(),
    /** What has changed since the round before, in sentences. */
    changes: z.array(z.string()),
  }),
  /** A person voted; a rejection ends it. */
  z.strictObject({
    type: z.literal('voted'),
    round: z.int(),
    verdict: Verdict,
    /** The needs it may count for: the roles and groups the person was of then. */
    countsFor: z.array(z.string()),
  }),
  /** Somebody who may lets it start at a time that is not preferred. */
  z.strictObject({ type: z.literal('consented') }),
  /**
   * An incident commander lets it start at once, without the votes that are missing and at any time. It is about exactly what
   * they saw (see `askedAbout`); the reason is recorded with it.
   */
  z.strictObject({ type: z.literal('emergency-declared'), digest: z.string() }),
  /** What the emergency passed over when it started, in sentences. */
  z.strictObject({ type: z.literal('passed-over'), what: z.array(z.string()) }),
  /** Somebody has to write down what happened. Milliseconds since the epoch. */
  z.strictObject({ type: z.literal('review-due'), at: z.int() }),
  z.strictObject({ type: z.literal('review-reminded') }),
  /** The review of an emergency, as typed. */
  z.strictObject({ type: z.literal('reviewed'), text: z.string() }),
  /** Half of the time for votes is over. */
  z.strictObject({ type: z.literal('approval-reminded') }),
  /** It may start later, and does so by itself. */
  z.strictObject({
    type: z.literal('waiting'),
    for: z.enum(['window', 'freeze', 'lock', 'schedule', 'consent', 'deployment', 'owner']),
    why: z.string(),
    /** Milliseconds since the epoch; absent: nobody knows. */
    until: z.int().optional(),
  }),
  /** A person set another time to start at, and agrees to what it would do now. Milliseconds since the epoch. */
  z.strictObject({ type: z.literal('rescheduled'), startAt: z.int() }),
  /** It is not as it was scheduled: it starts only if its owner says so in time. */
  z.strictObject({
    type: z.literal('owner-asked'),
    /** What is different, in sentences. */
    changes: z.array(z.string()),
    /** When it would start with the owner's word. Milliseconds since the epoch. */
    startsAt: z.int(),
    /** Milliseconds since the epoch. Without an answer until then it does not start. */
    deadline: z.int(),
    /** One of the differences: with the owner's word it is looked at again, and starts only if that is mended. */
    problem: StartProblem.optional(),
  }),
  /** Half of the time for the owner's answer is over. */
  z.strictObject({ type: z.literal('owner-reminded') }),
  /** What its owner was asked about is mended, so nobody has to answer. */
  z.strictObject({ type: z.literal('owner-not-needed') }),
  /** Its owner lets it start as it is now; `digest`: of what they saw, see `askedAbout`. */
  z.strictObject({ type: z.literal('owner-confirmed'), digest: z.string() }),
  z.strictObject({ type: z.literal('started') }),
  z.strictObject({ type: z.literal('step-started'), step }),
  z.strictObject({ type: z.literal('step-progressed'), step, progress: Progress }),
  z.strictObject({ type: z.literal('step-finished'), step, detail: z.string().optional() }),
  z.strictObject({ type: z.literal('step-failed'), step, reason: z.string() }),
  z.strictObject({
    type: z.literal('held'),
    question: z.string(),
    /** What `resume` will do, as a sentence. */
    resumeMeans: z.string(),
    /** What `abort` will do, and what happens at the deadline. */
    abortMeans: z.string(),
    /** What saying that it happened will do, as a sentence. Absent: that is no answer to this question. */
    doneMeans: z.string().optional(),
    /** For engineers, beside the question. */
    detail: z.string().optional(),
    /** Milliseconds since the epoch. At this time Forge gives the safe answer. */
    deadline: z.int(),
    /** Absent: it is aborted. */
    otherwise: SafeAnswer.optional(),
    /** Absent: the run that asks looks for the answer by itself. */
    via: AnswerPath.optional(),
    /** Weights that somebody else set, in the words of the question: every answer to it overrides exactly these. */
    weights: z.string().optional(),
  }),
  /** Half of the time for the answer is over. */
  z.strictObject({ type: z.literal('reminded') }),
  /** By a person's answer, or by the job because AWS answers again. */
  z.strictObject({
    type: z.literal('resumed'),
    /** The run that works on it from now on. Absent: the one that did. */
    run: z.string().optional(),
    /** What a person said of an effect whose outcome is unknown: do it again, or it happened. Absent: it was no such question. */
    answer: z.enum(['again', 'happened']).optional(),
  }),
  /** Nobody answered in time: what was asked about counts as failed, and the job goes on from that. */
  z.strictObject({ type: z.literal('unanswered') }),
  /** Its run was lost, and Forge goes on by itself in another one. Without a reason: people know already. */
  z.strictObject({
    type: z.literal('continued'),
    run: z.string(),
    reason: z.string().optional(),
    /** For engineers, beside the reason. */
    detail: z.string().optional(),
  }),
  /** It does not get on: it is tried for ever, and people are told. Without a step: not with one of them. */
  z.strictObject({ type: z.literal('blocked'), step: step.optional(), reason: z.string() }),
  /** What it was blocked by is over. */
  z.strictObject({ type: z.literal('unblocked') }),
  z.strictObject({ type: z.literal('abort-requested') }),
  z.strictObject({
    type: z.literal('restoring'),
    because: z.enum(['failure', 'abort']),
    reason: z.string(),
  }),
  z.strictObject({ type: z.literal('restore-progressed'), region, progress: Progress }),
  /** Putting back does not get on: it is retried for ever, and people are told. */
  z.strictObject({ type: z.literal('restore-blocked'), region, reason: z.string() }),
  z.strictObject({ type: z.literal('restored'), region, detail: z.string() }),
  /** Somebody outside Forge put something else there: nothing is put back over it. */
  z.strictObject({ type: z.literal('restore-left'), region, reason: z.string() }),
  /** Traffic is about to be moved: from here on `split` is Forge's own. */
  z.strictObject({
    type: z.literal('traffic-intended'),
    region,
    split: Split,
    /** What the load balancer said before. */
    before: Split,
    generation: z.int(),
  }),
  /** The load balancer was read back and says so. */
  z.strictObject({
    type: z.literal('traffic-confirmed'),
    region,
    split: Split,
    generation: z.int(),
    /** Since the click or the decision, in milliseconds; where traffic was moved back. */
    took: z.int().optional(),
  }),
  /** What the gates of a region said at the last look; each look replaces the one before. */
  z.strictObject({
    type: z.literal('gates-read'),
    region,
    step,
    gates: z.array(ShownGate),
    /** Why promotion waits though nobody paused it, for people. */
    waits: z.string().optional(),
  }),
  /** A person stopped promotion; gates, probe and dead-man switch go on. */
  z.strictObject({ type: z.literal('paused') }),
  /** Promotion goes on; the bake begins again. */
  z.strictObject({ type: z.literal('unpaused') }),
  /** A person ends the bake of this step early. */
  z.strictObject({ type: z.literal('skipped'), step }),
  /** A person lets it go on after the bake of this step. */
  z.strictObject({ type: z.literal('approved'), step }),
  /** Its time there is not yet, or over for now: it goes on by itself when it may. The newest one counts. */
  RegionWait.extend({ type: z.literal('region-waiting') }),
  /** What it waited for there is over. */
  z.strictObject({ type: z.literal('region-goes-on'), region }),
  /** If Forge falls silent for `after` milliseconds, traffic returns to `to` by itself. */
  z.strictObject({ type: z.literal('switch-armed'), region, to: Colour, after: z.int() }),
  /** It is not armed, and why; people or policy decide whether to go on. */
  z.strictObject({ type: z.literal('switch-not-armed'), region, reason: z.string() }),
  /** Read back: the switch is gone. */
  z.strictObject({ type: z.literal('switch-disarmed'), region }),
  /** Forge was silent for too long and the switch moved traffic back. */
  z.strictObject({ type: z.literal('switch-fired'), region, to: Colour }),
  /** The colour that was live before stays warm until then (milliseconds since the epoch). */
  z.strictObject({
    type: z.literal('standby-kept'),
    region,
    on: Colour,
    until: z.int(),
    desired: z.int(),
  }),
  /** Rolling back now takes as long as starting does. */
  z.strictObject({ type: z.literal('standby-ended'), region, reason: z.string().optional() }),
  /** Somebody knows of the trouble and looks after it: nobody is called again; Forge goes on trying. */
  z.strictObject({ type: z.literal('acknowledged') }),
  z.strictObject({ type: z.literal('succeeded') }),
  /** A failure after effects: the previous release is back, confirmed. */
  z.strictObject({ type: z.literal('rolled-back') }),
  /** Stopped by a person; whatever had changed is back, confirmed. */
  z.strictObject({ type: z.literal('aborted') }),
  /** Forge stopped trying and leaves the service as it is: a person took over, or somebody else changed it. */
  z.strictObject({ type: z.literal('left'), reason: z.string() }),
  /** A person said no before it began. */
  z.strictObject({ type: z.literal('rejected') }),
  /** Nobody let it start in time. */
  z.strictObject({ type: z.literal('expired'), reason: z.string() }),
  /** Ended before any effect: nothing was changed. */
  z.strictObject({ type: z.literal('refused'), reason: z.string() }),
  /** Ended before any effect, because a newer one of what is deployed by itself took its place. Absent: there is no deployment of it. */
  z.strictObject({ type: z.literal('superseded'), by: z.int().optional(), reason: z.string() }),
  /** A rollback of it, deployment `by`, has begun: there is one at a time. */
  z.strictObject({ type: z.literal('undoing'), by: z.int() }),
  z.strictObject({ type: z.literal('undo-failed'), by: z.int() }),
  /** Its release was live and a rollback, deployment `by`, put the one before it back. */
  z.strictObject({ type: z.literal('undone'), by: z.int() }),
  /** Its release was live until deployment `by` succeeded. */
  z.strictObject({ type: z.literal('replaced'), by: z.int() }),
  /** It had been replaced by a deployment that was then undone by `by`: its release is live again. */
  z.strictObject({ type: z.literal('live-again'), by: z.int() }),
]);
export type DeploymentEvent = z.infer<typeof DeploymentEvent>;

/** An event as it is kept. */
export const RecordedEvent = z.strictObject({
  deployment: z.int(),
  /** 1, 2, 3 … within the deployment. */
  version: z.int(),
  /** Milliseconds since the epoch. */
  at: z.int(),
  by: Actor,
  /** The reason a person gave, as typed. */
  why: z.string().optional(),
  /** What made it happen: an inbox row or a run's operation. The same cause is recorded once. */
  cause: z.string(),
  event: DeploymentEvent,
});
export type RecordedEvent = z.infer<typeof RecordedEvent>;
