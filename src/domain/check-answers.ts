import { ending } from './decisions.ts';
import { type CheckState, type Deployment, isFinished } from './deployment.ts';
import { UserError } from './errors.ts';
import type { DeploymentEvent } from './events.ts';
import { type Failed, failedCheck } from './failed-before-start.ts';

/** What having it tried again writes: of the check that failed, or of the build. Throws the `UserError` that says why there is nothing to. */
export function retryOf(deployment: Deployment): DeploymentEvent {
  requireYetToStart(deployment, 'retried');
  const failed = failedCheck(deployment);
  if (failed !== undefined) return { type: 'check-retried', name: failed.name };
  if (deployment.build?.state === 'failed') return { type: 'build-retried' };
  throw new UserError(
    `There is nothing to retry: nothing of #${deployment.number} has failed. Its message shows how it goes.`,
  );
}

/** The failed check that somebody's word lets pass, with the role it takes. Throws the `UserError` that says why there is none. */
export function requireOverridable(deployment: Deployment): Failed & { override: string } {
  requireYetToStart(deployment, 'let go on');
  const { number } = deployment;
  const failed = failedCheck(deployment);
  if (failed === undefined) {
    throw new UserError(`There is nothing to override: no check of #${number} has failed.`);
  }
  const { override, name } = failed;
  if (override !== undefined) return { ...failed, override };
  throw new UserError(
    `“${name}” has to pass: nobody may override it. Have its cause mended, then retry it with \`/forge retry #${number}\`, or stop it with \`/forge abort #${number}\`.`,
  );
}

/** The box of that name, not ticked yet. Throws the `UserError` that says why there is none. */
export function requireTickable(
  deployment: Deployment,
  name: string,
): CheckState & { box: NonNullable<CheckState['box']> } {
  requireYetToStart(deployment, 'confirmed');
  const { number, checkStates } = deployment;
  const boxes = checkStates.filter(({ box }) => box !== undefined);
  const found = boxes.find((check) => check.name.toLowerCase() === name.trim().toLowerCase());
  if (found?.box === undefined) {
    const open = boxes.filter(({ state }) => state !== 'ticked').map((one) => `“${one.name}”`);
    const there = open.length === 0 ? 'It has none that is open.' : `Open are ${open.join(', ')}.`;
    throw new UserError(`#${number} has no box called “${name}”. ${there}`);
  }
  if (found.state !== 'ticked') return { ...found, box: found.box };
  const who = found.by.kind === 'person' ? `<@${found.by.userId}>` : 'Somebody';
  throw new UserError(`Nothing was done: ${who} has confirmed “${found.name}” of #${number} already.`);
}

function requireYetToStart(deployment: Deployment, what: string): void {
  const { number, startedAt, abortRequestedBy } = deployment;
  if (isFinished(deployment)) {
    throw new UserError(`#${number} cannot be ${what}: ${ending(deployment)}`);
  }
  if (startedAt !== undefined) {
    throw new UserError(`#${number} cannot be ${what}: it has started already.`);
  }
  if (abortRequestedBy !== undefined) {
    throw new UserError(`#${number} cannot be ${what}: it is being aborted.`);
  }
}
