import { describe, expect, it } from 'vitest';
import type { DeploymentEvent } from '../../src/domain/events.ts';
import { liveNow } from '../../views/live-now.ts';
import { aDeployment, aLive, aPlanFor } from '../builders.ts';
import { storyTo } from '../in-phase.ts';

const regions = ['us-east-1', 'eu-west-1'];
const isStart = (id: string) => id.endsWith('/start');

/** A deployment of v1.1.0 in these regions, of which some steps were begun and some of them finished. */
function stopped(
  where: readonly string[],
  { begun = [], finished = [] }: { begun?: string[]; finished?: string[] },
  before = 'v1.0.0',
) {
  const from = Object.fromEntries(where.map((region) => [region, aLive({ version: before })]));
  const plan = aPlanFor([...where], { from });
  const [requested] = storyTo('requested', { plan });
  const starts = plan.steps.filter(({ id }) => isStart(id));
  const events = starts.flatMap(({ id, region }): DeploymentEvent[] => [
    ...(begun.includes(region) ? [{ type: 'step-started', step: id } as const] : []),
    ...(finished.includes(region) ? [{ type: 'step-finished', step: id } as const] : []),
  ]);
  return aDeployment([...(requested === undefined ? [] : [requested]), { type: 'started' }, ...events]);
}

describe('what is live while a question is open', () => {
  it('is what was there before where nothing was begun', () => {
    expect(liveNow(stopped(['eu-west-1'], {}))).toBe('*Live now:* v1.0.0. Nothing has been changed.');
  });

  it('is one of two while the new one starts, and only AWS knows', () => {
    expect(liveNow(stopped(['eu-west-1'], { begun: ['eu-west-1'] }))).toBe(
      '*Live now:* either v1.0.0 or v1.1.0: Forge was between the two. `/forge status` shows what AWS says.',
    );
  });

  it('is the new one, since when, once it is there', () => {
    const deployment = stopped(['eu-west-1'], { begun: ['eu-west-1'], finished: ['eu-west-1'] });

    expect(liveNow(deployment)).toMatch(/^\*Live now:\* v1\.1\.0, since <!date.+>\.$/u);
  });

  it('is told region by region where they differ', () => {
    expect(liveNow(stopped(regions, { begun: ['us-east-1'], finished: ['us-east-1'] }))).toMatch(
      /^\*Live now:\* v1\.1\.0 in us-east-1, v1\.0\.0 in eu-west-1, since <!date/u,
    );
    expect(liveNow(stopped(regions, { begun: regions, finished: ['us-east-1'] }))).toBe(
      '*Live now:* v1.1.0 in us-east-1, either v1.0.0 or v1.1.0 in eu-west-1: Forge was between the two. `/forge status` shows what AWS says.',
    );
  });

  it('is never markup of a version', () => {
    expect(liveNow(stopped(['eu-west-1'], {}, '<!channel>'))).toContain('&lt;!channel&gt;');
  });
});
