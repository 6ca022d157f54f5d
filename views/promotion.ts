import type { KnownBlock } from '@slack/types';
import { type Deployment, isFinished } from '../src/domain/deployment.ts';
import { context, section } from './blocks.ts';
import { versionOn } from './colours.ts';
import { isAborting, who } from './deployment-words.ts';
import { clockTime, duration, escaped, quoted, sentence } from './text.ts';

/** Why traffic does not move on though nothing is asked: somebody paused it, or the gates cannot say yes, in at most `most` characters. */
export function waitingBlocks(deployment: Deployment, { most }: { most: number }): KnownBlock[] {
  if (!isGoing(deployment)) return [];
  const { paused, gates, phase } = deployment;
  const pause =
    paused === undefined
      ? []
      : [
          section(
            `:double_vertical_bar: *Paused* by ${who(paused.by)}, ${clockTime(paused.at)}. ${movesTraffic(deployment) ? PAUSE_KEEPS : 'It does not go on to its next step until somebody resumes it.'}`,
          ),
        ];
  const waits =
    phase.kind === 'held'
      ? []
      : Object.entries(gates).flatMap(([region, { waits: why }]) =>
          why === undefined || why.trim() === ''
            ? []
            : [section(waitTold(region, quoted(why, most), deployment))],
        );
  return [...pause, ...waits.slice(0, 3)];
}

const PAUSE_KEEPS =
  'No more traffic moves until somebody resumes it; a bake that was under way then begins again. Gates stay on: a release that goes bad is rolled back all the same.';

/** Whether it gives a release its traffic step by step. */
export function movesTraffic({ plan }: Deployment): boolean {
  return plan.steps.some(({ kind }) => kind === 'shift');
}

/** Whether a release is being watched at its share of the traffic now. */
export function isBaking({ plan, steps }: Deployment): boolean {
  return plan.steps.some(({ kind, id }) => kind === 'bake' && steps[id]?.kind === 'running');
}

function waitTold(region: string, why: string, { plan }: Deployment): string {
  const where = Object.keys(plan.from).length > 1 ? ` in ${escaped(region)}` : '';
  return `:hourglass: *Promotion waits${where}:* ${sentence(why)}`;
}

function isGoing(deployment: Deployment): boolean {
  return !isFinished(deployment) && deployment.phase.kind !== 'rolling-back' && !isAborting(deployment);
}

/** Whether traffic would return by itself if Forge fell silent, and if not, why. */
export function switchBlocks(deployment: Deployment): KnownBlock[] {
  if (isFinished(deployment)) return [];
  const told = new Map<string, string[]>();
  for (const [region, state] of Object.entries(deployment.switches)) {
    const line = switchTold(region, state, deployment);
    if (line !== undefined) told.set(line, [...(told.get(line) ?? []), region]);
  }
  const isOneOfMany = Object.keys(deployment.plan.from).length > 1;
  return [...told].slice(0, 3).map(([line, regions]) => {
    const where = isOneOfMany ? ` (${regions.map((region) => escaped(region)).join(', ')})` : '';
    return context(`${line}${where}`);
  });
}

function switchTold(
  region: string,
  state: Deployment['switches'][string],
  deployment: Deployment,
): string | undefined {
  switch (state.kind) {
    case 'armed':
      return `:stopwatch: Dead-man switch armed: if Forge falls silent for ${duration(state.after / 1000)}, traffic returns to ${escaped(versionOn(deployment, region, state.to))} by itself.`;
    case 'not-armed':
      return `:warning: *Dead-man switch NOT armed:* ${sentence(quoted(state.reason, 400))} If Forge falls silent, traffic stays where it is.`;
    case 'fired':
      return `:warning: *The dead-man switch moved traffic back to ${escaped(versionOn(deployment, region, state.to))}:* Forge was silent for too long.`;
    case 'disarmed':
      return undefined;
  }
}
