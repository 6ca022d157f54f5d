import { describe, expect, it } from 'vitest';
import { plainText } from '../../sandbox/plain-text.ts';
import { classicChecklist, planBlock } from '../../views/checklist-blocks.ts';
import { type ChecklistItem, shortTitle, wholeTitle } from '../../views/checklist-item.ts';
import { checklist } from '../../views/deployment-checklist.ts';
import { aMoment, aPlanFor } from '../builders.ts';
import { inPhase, phaseKinds } from '../in-phase.ts';

const regions = ['us-east-1', 'eu-west-1'];
const plan = aPlanFor(['eu-west-1']);

/** The titles of its tasks; details are of rich text and have their own. */
const planTitles = (items: readonly ChecklistItem[]) => {
  const block = planBlock(items, { title: 'Plan', most: 60 });
  return block.type === 'plan' ? block.tasks?.map(({ title }) => title) : undefined;
};

describe('the two ways to draw it', () => {
  it.each(phaseKinds)('say the same in phase %s, the state in words where Slack has none', (kind) => {
    const items = checklist(inPhase(kind, { plan: aPlanFor(regions) }), aMoment);

    const classic = plainText(classicChecklist(items, { most: 60 })).flatMap((text) => text.split(' / '));

    expect(
      classic.map((line) => line.replace(/^:[a-z_]+: /, '')).filter((line) => line.includes(' · ')),
    ).toEqual(items.map(wholeTitle));
    expect(planTitles(items)).toEqual(items.map(shortTitle));
  });

  it('say a state once: Slack has words of its own for all but what was stopped or not begun', () => {
    const items = checklist(inPhase('aborted', { plan }), aMoment);

    expect(planTitles(items)).toEqual([
      'Check before the start',
      'Start v1.1.0 · stopped',
      'Try it out · not done',
      'Confirm what runs · not done',
      'Put v1.0.0 back · confirmed',
    ]);
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
