import type { Deployment } from '../src/domain/deployment.ts';
import { goAheadsLeft, percentDone, secondsLeft } from '../src/domain/estimate.ts';
import { personWaitedFor } from '../src/domain/failed-before-start.ts';
import { waitsInRegion } from '../src/domain/region-wait.ts';
import { isAborting, releaseBefore } from './deployment-words.ts';
import { duration, escaped, moment, roughly } from './text.ts';
import { waitsShortly, waitsWhere } from './waits.ts';

type ClockView = {
  deployment: Deployment;
  /** Seconds each step is expected to take, by step id. */
  expected: Record<string, number>;
  /** Milliseconds since the epoch. */
  now: number;
};

/** Percent and time of a deployment, in markup: machine time is estimated, waiting for people is not. */
export function clockWords({ deployment, expected, now }: ClockView): string {
  const { phase, requestedAt } = deployment;
  const asked = `asked ${duration((now - requestedAt) / 1000)} ago`;
  const percent = `${percentDone(deployment, expected)} %`;
  const left = timeLeft({ deployment, expected, now });
  if (isAborting(deployment)) return `Stopping at ${percent} · ${asked}`;
  switch (phase.kind) {
    case 'requested':
    case 'checking':
    case 'building': {
      const deadline = personWaitedFor(deployment);
      if (deadline !== undefined) {
        return `Nothing is changed yet · waiting for a person until ${moment(deadline)} · ${asked}`;
      }
      const at = phase.kind === 'building' ? ['its image is being made'] : checkTold(deployment);
      return ['Nothing is changed yet', ...at, left, asked].join(' · ');
    }
    case 'awaiting-approval':
      return `Nothing is changed yet · ${votesUntil(deployment)} · ${left} · ${asked}`;
    case 'waiting':
      return `Nothing is changed yet · ${waitsShortly(phase)} · ${asked}`;
    case 'running':
      return [percent, ...standstill(deployment), left, asked].join(' · ');
    case 'held':
      return `${percent} · waiting for a person until ${moment(phase.deadline)} · ${asked}`;
    case 'rolling-back':
      return `Stopped at ${percent} · putting ${escaped(releaseBefore(deployment))} back · ${asked}`;
    case 'succeeded':
      return `100 % · took ${tookOf(deployment, now)} · done ${moment(deployment.endedAt ?? now)}`;
    case 'rolled-back':
    case 'aborted':
    case 'left':
    case 'refused':
    case 'rejected':
    case 'expired':
    case 'superseded':
      return ended(deployment, now);
  }
}

/** How long people and schedules waited before the start is no part of how long it took. */
function ended(deployment: Deployment, now: number): string {
  const { startedAt, endedAt = now } = deployment;
  const took = tookOf(deployment, now);
  return startedAt === undefined
    ? `Ended ${moment(endedAt)}, ${took} after it was asked for`
    : `Ended after ${took}, ${moment(endedAt)}`;
}

/** From its start, or where it has not started from when it was asked for. */
function tookOf({ requestedAt, startedAt, endedAt }: Deployment, now: number): string {
  return duration(((endedAt ?? now) - (startedAt ?? requestedAt)) / 1000);
}

/** Why nothing moves just now. */
function standstill(deployment: Deployment): string[] {
  if (deployment.paused !== undefined) return ['paused by a person'];
  const wait = waitsInRegion(deployment);
  return wait === undefined ? [] : [waitsShortly(wait, escaped(waitsWhere(wait, deployment)))];
}

function votesUntil({ approval }: Deployment): string {
  return approval === undefined
    ? 'waiting for approval'
    : `waiting for approval until ${moment(approval.deadline)}`;
}

/** Which check it is at. */
function checkTold({ checkStates }: Deployment): string[] {
  const at = checkStates.findIndex(({ state }) => state === 'running');
  return at === -1 ? [] : [`check ${at + 1} of ${checkStates.length}`];
}

/** Nobody knows how long its checks, or the making of its image, take. */
function isMadeReady({ phase, checkStates, startedAt }: Deployment): boolean {
  if (startedAt !== undefined) return false;
  return (
    phase.kind === 'building' || checkStates.some(({ state }) => state === 'to-do' || state === 'running')
  );
}

/** Where people are waited for, how long they take is not part of it. */
function timeLeft({ deployment, expected, now }: ClockView): string {
  const time = `${roughly(secondsLeft(deployment, expected, now))} of machine time`;
  const machine = `${time} left`;
  const asked = goAheadsLeft(deployment);
  const isHeldUp =
    deployment.phase.kind === 'awaiting-approval' ||
    isMadeReady(deployment) ||
    waitsInRegion(deployment) !== undefined;
  if (deployment.paused !== undefined) return `${machine} once it is resumed`;
  if (isHeldUp) return `then ${time}`;
  if (asked > 0) return `${machine}, and ${asked === 1 ? 'one go-ahead' : `${asked} go-aheads`} by a person`;
  return `${machine}, nobody has to do anything`;
}
