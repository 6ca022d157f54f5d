import type { Deployment } from '../src/domain/deployment.ts';
import type { DeploymentEvent } from '../src/domain/events.ts';
import type { Step } from '../src/domain/plan.ts';
import { stepTitle } from './step-title.ts';
import { escaped, oneLine, quoted, sentence, shortened } from './text.ts';
import { told } from './thread-words.ts';

export function startedLine(deployment: Deployment): string {
  return `Checks passed${checksTold(deployment)} Starting.`;
}

/** A step that ends in an event of its own has its line already. */
export function finishedLine(
  { step: id, detail }: Extract<DeploymentEvent, { type: 'step-finished' }>,
  deployment: Deployment,
): string | undefined {
  const step = deployment.plan.steps.find((one) => one.id === id);
  if (step !== undefined && TOLD_OTHERWISE.has(step.kind)) return undefined;
  return sentence(`${titleOf(id, deployment)}: done${detail === undefined ? '' : `, ${quoted(detail)}`}`);
}

const TOLD_OTHERWISE: ReadonlySet<Step['kind']> = new Set([
  'arm',
  'shift',
  'approve',
  'disarm',
  'standby',
  'return',
]);

export function failedLine(
  { step, reason }: Extract<DeploymentEvent, { type: 'step-failed' }>,
  deployment: Deployment,
): string {
  return `${titleOf(step, deployment)} failed: ${told(reason, 2000)}`;
}

function checksTold({ checks }: Deployment): string {
  if (checks.length === 0) return '.';
  return `: ${told(checks.map(({ detail }) => detail).join('; '), 900)}`;
}

function titleOf(id: string, deployment: Deployment): string {
  const step = deployment.plan.steps.find((one) => one.id === id);
  return escaped(step === undefined ? shortened(oneLine(id), 100) : stepTitle(step, deployment));
}
