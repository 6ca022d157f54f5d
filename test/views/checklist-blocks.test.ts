import { describe, expect, it } from 'vitest';
import { plainText } from '../../sandbox/plain-text.ts';
import { classicChecklist, planBlock } from '../../views/checklist-blocks.ts';
import { checklist } from '../../views/deployment-checklist.ts';
import { aMoment, aPlanFor } from '../builders.ts';
import { inPhase, phaseKinds } from '../in-phase.ts';
import { readableIn } from './rules.ts';

const regions = ['us-east-1', 'eu-west-1'];
const plan = aPlanFor(['eu-west-1']);

describe('the two ways to draw it', () => {
  it.each(phaseKinds)('say the same in phase %s', (kind) => {
    const items = checklist(inPhase(kind, { plan: aPlanFor(regions) }), aMoment);

    const plan = readableIn(planBlock(items, { title: 'Plan', most: 60 }))
      .slice(1)
      .filter((line) => line.includes(' · '));
    const classic = plainText(classicChecklist(items, { most: 60 })).flatMap((text) => text.split(' / '));

    expect(
      classic.map((line) => line.replace(/^:[a-z_]+: /, '')).filter((line) => line.includes(' · ')),
    ).toEqual(plan);
    expect(plan).toEqual(items.map(({ title }) => title));
  });

  it.each([
    ['failed', 'error'],
    ['stopped', 'error'],
    ['now', 'in_progress'],
    ['done', 'complete'],
    ['to-do', 'pending'],
    ['not-done', 'pending'],
  ] as const)('show %s as Slack’s %s', (state, status) => {
    const block = planBlock([{ id: 'x', title: 'x', state }], { title: 'Plan', most: 100 });

    expect(block).toMatchObject({ tasks: [{ status }] });
  });

  it('tell why a step failed', () => {
    const items = checklist(inPhase('rolled-back', { plan }), aMoment);

    expect(JSON.stringify(planBlock(items, { title: 'Plan', most: 700 }))).toContain('500 instead of 200');
    expect(JSON.stringify(classicChecklist(items, { most: 300 }))).toContain('500 instead of 200');
  });
});
