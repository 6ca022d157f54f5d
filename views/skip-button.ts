import type { Button } from '@slack/types';
import type { Deployment } from '../src/domain/deployment.ts';
import type { Step } from '../src/domain/plan.ts';
import { waitsInRegion } from '../src/domain/region-wait.ts';
import { button } from './blocks.ts';
import { newVersion } from './deployment-words.ts';
import { seen } from './seen.ts';

type Bake = Extract<Step, { kind: 'bake' }>;

/** Ends the bake that goes on early; none where there is no bake, it was ended already, or what it waits for is something else. */
export function skipButtons(deployment: Deployment): Button[] {
  if (waitsInRegion(deployment) !== undefined) return [];
  const bake = presentBake(deployment);
  return bake === undefined ? [] : [skipButton(bake, deployment)];
}

/** The bake that goes on and was not ended early; undefined while there is none. */
function presentBake({ plan, steps, skipped }: Deployment): Bake | undefined {
  const step = plan.steps.find(({ kind, id }) => kind === 'bake' && steps[id]?.kind === 'running');
  return step?.kind === 'bake' && !skipped.includes(step.id) ? step : undefined;
}

function skipButton(bake: Bake, deployment: Deployment): Button {
  const { id: step, weight } = bake;
  const version = newVersion(deployment);
  return button({
    command: 'skip',
    text: 'Skip this wait',
    value: { ...seen(deployment), step },
    confirm: {
      title: `Skip the wait at ${weight} %?`,
      text: `The watch over ${version} at ${weight} % ends now, and ${afterBake(bake, deployment)}. What would have shown only later is not seen before that.`,
      yes: 'Skip',
      no: 'Keep watching',
    },
  });
}

function afterBake({ id, region }: Bake, deployment: Deployment): string {
  const { steps } = deployment.plan;
  const after = steps.slice(steps.findIndex((step) => step.id === id) + 1);
  const next = after.find(({ kind }) => kind === 'approve' || kind === 'shift');
  if (next === undefined) return 'the deployment ends';
  if (next.region !== region) return `${next.region} is next`;
  return next.kind === 'approve'
    ? 'a person is asked whether to go on'
    : `${newVersion(deployment)} gets more traffic`;
}
