import type { Deployment } from '../src/domain/deployment.ts';
import type { DeploymentEvent } from '../src/domain/events.ts';
import { isTrafficBack, isTrafficBackIn, newVersion } from './deployment-words.ts';
import { escaped } from './text.ts';
import { before, capital, LOOK, told } from './thread-words.ts';

/** Once traffic is back, there is no trying any more that people could wait for. */
export function blockedWords(reason: string, deployment: Deployment): string {
  const why = told(reason, 900);
  if (deployment.undoes === undefined || !isTrafficBack(deployment)) {
    return `${whatGetsOn(deployment)} does not get on: ${why} Forge keeps trying.`;
  }
  return `All traffic is on ${escaped(newVersion(deployment))} again, but not all is well: ${why} ${LOOK}`;
}

export function restoreBlockedWords(
  { region, reason }: Extract<DeploymentEvent, { type: 'restore-blocked' }>,
  deployment: Deployment,
): string {
  const version = before(deployment, region);
  const where = escaped(region);
  const why = told(reason, 900);
  return isTrafficBackIn(region, deployment)
    ? `${capital(version)} has all traffic in ${where} again, but not all is well: ${why} ${LOOK}`
    : `${capital(version)} is not confirmed back in ${where}: ${why} Forge keeps trying.`;
}

/** What gets on, or does not. */
export function whatGetsOn({ phase, undoes, number }: Deployment): string {
  if (phase.kind === 'rolling-back') return 'Putting back';
  return undoes === undefined ? `#${number}` : 'The rollback';
}
