import type { KnownBlock } from '@slack/types';
import { type Deployment, isFinished, type Phase } from '../src/domain/deployment.ts';
import type { RegionWait } from '../src/domain/promotion-event.ts';
import { waitsInRegion } from '../src/domain/region-wait.ts';
import { context, section } from './blocks.ts';
import { versionOn } from './colours.ts';
import { isAborting, who } from './deployment-words.ts';
import { clockTime, duration, escaped, quoted, sentence } from './text.ts';
import { hasBegunIn, waitsWhere, waitWords } from './waits.ts';

/**
 * Why it does not start or go on though nothing is asked: somebody paused it, its time is not yet, or the gates cannot say yes,
 * in at most `most` characters each.
 */
export function waitingBlocks(deployment: Deployment, { most }: { most: number }): KnownBlock[] {
  if (!isGoing(deployment)) return [];
  const { paused, gates, phase } = deployment;
  if (phase.kind === 'waiting') return startBlocks(phase, deployment, { most });
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
  const wait = waitsInRegion(deployment);
  const times =
    wait === undefined ? [] : [section(`:hourglass: ${regionWaitTold(wait, deployment, { most })}`)];
  return [...pause, ...times, ...waits.slice(0, 3)];
}

/** Before its start; what its owner is asked is said as a question of its own. */
function startBlocks(
  phase: Extract<Phase, { kind: 'waiting' }>,
  deployment: Deployment,
  { most }: { most: number },
): KnownBlock[] {
  if (phase.for === 'owner') return [];
  const waits = phase.for === 'schedule' ? ':calendar:' : ':hourglass_flowing_sand: *It waits:*';
  return [section(`${waits} ${waitWords(phase, deployment, { most })}`)];
}

/** Why it waits in a region, until when, and what that means; `most` characters of the reason. In markup. */
export function regionWaitTold(wait: RegionWait, deployment: Deployment, { most }: { most: number }): string {
  const what = movesTraffic(deployment) ? 'Promotion waits' : 'It waits';
  const where = escaped(waitsWhere(wait, deployment));
  return `*${what} ${where}:* ${waitWords(wait, deployment, { most })}${meanwhile(wait, deployment)}`;
}

function meanwhile({ region }: RegionWait, deployment: Deployment): string {
  if (!hasBegunIn(region, deployment)) return ' What is done already stays as it is.';
  return movesTraffic(deployment)
    ? ' Until then no more traffic moves and gates stay on; a bake that was under way begins again.'
    : '';
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
