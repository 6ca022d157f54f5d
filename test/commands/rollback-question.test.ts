import type { ModalView } from '@slack/types';
import { describe, expect, it } from 'vitest';
import type { Reply } from '../../commands/command.ts';
import { rollbackQuestion } from '../../commands/rollback-question.ts';
import { buttonsIn } from '../../sandbox/find-button.ts';
import { viewErrors } from '../../sandbox/slack/validate.ts';
import type { UndoPreview } from '../../src/use-cases/preview-rollback.ts';
import { aDeployment, aPlan, aServicePolicy } from '../builders.ts';
import { inPhase } from '../in-phase.ts';
import { aCanary, aReturn, succeeded } from '../views/canary.ts';
import { objections } from '../views/rules.ts';
import { formWords } from './form-reading.ts';

function aPreview(change: Partial<UndoPreview> = {}): UndoPreview {
  return {
    kind: 'undo',
    undoes: aDeployment(succeeded(aCanary())),
    plan: aReturn(),
    seconds: 10,
    service: aServicePolicy(),
    slow: [],
    foreign: [],
    ...change,
  };
}

/** One of the two tasks it needs is healthy. */
function aSmallStandby(regions: readonly string[] = ['us-east-1']): UndoPreview {
  const { from, ...rest } = aReturn(regions);
  const idle = { place: 'blue' as const, revision: 'checkout:7', version: 'v1.0.0', desired: 2, healthy: 1 };
  const plan = {
    ...rest,
    from: Object.fromEntries(Object.entries(from).map(([region, live]) => [region, { ...live, idle }])),
  };
  const reason = 'only 1 of the 2 tasks that v1.0.0 needs is healthy';
  const slow = [{ region: 'us-east-1', reason }];
  return aPreview({ plan, seconds: 160, slow, emergency: { plan, seconds: 10 } });
}

function formOf(reply: Reply): ModalView | undefined {
  return reply.kind === 'form' ? reply.form : undefined;
}

function messageOf(reply: Reply) {
  if (reply.kind !== 'form') throw new Error('It asks nothing');
  return reply.otherwise;
}

const wordsOf = (reply: Reply) => formWords(formOf(reply));

describe('the question before a rollback', () => {
  it.each([
    { kind: 'web', says: true },
    { kind: 'worker', says: false },
  ] as const)('of a $kind without colours speaks of requests: $says', ({ kind, says }) => {
    const service = aServicePolicy({ kind });
    const found = aPreview({ undoes: inPhase('succeeded'), plan: aPlan(), seconds: 60, service });

    const words = wordsOf(rollbackQuestion(found, {}));

    expect(words).toContain('It takes about 1 min');
    expect(words.includes('requests go on being answered')).toBe(says);
  });

  it('says that it is instant while the release before is warm, and offers no emergency', () => {
    const reply = rollbackQuestion(aPreview(), {});

    expect(wordsOf(reply)).toMatch(/goes from \*v1\.1\.0\* back to \*v1\.0\.0\*.*\*It is instant:\*/su);
    expect(wordsOf(reply)).toContain('What cannot be undone: data that was written meanwhile stays.');
    expect(JSON.stringify(formOf(reply))).not.toContain('mergency');
  });

  it('says how long it takes and why where there are too few tasks, and offers the emergency', () => {
    const reply = rollbackQuestion(aSmallStandby(), {});

    expect(wordsOf(reply)).toMatch(
      /\*It takes about 3 min\* before all traffic has moved: only 1 of the 2 tasks that v1\.0\.0 needs is healthy\. Until then traffic stays where it is\. In an emergency/u,
    );
    expect(JSON.stringify(formOf(reply))).toContain('Move traffic at once, to the 1 task there is');
    expect(JSON.stringify(formOf(reply))).not.toContain('initial_options');
  });

  it('has the box ticked for whoever typed “emergency”', () => {
    const form = formOf(rollbackQuestion(aSmallStandby(), { emergency: true }));

    expect(JSON.stringify(form)).toContain('initial_options');
  });

  it('names the regions that have to wait where there are several, and says that the others do not', () => {
    const words = wordsOf(rollbackQuestion(aSmallStandby(['us-east-1', 'eu-west-1']), {}));

    expect(words).toContain('in us-east-1 only 1 of the 2 tasks');
    expect(words).toContain('traffic stays where it is there; the other region moves at once.');
  });

  it('shows weights that somebody else set, by release, and that to confirm overrides them', () => {
    const foreign = [
      { region: 'us-east-1', shown: 'blue 30 % and green 70 %', splits: [{ blue: 30, green: 70 }] },
    ];

    const words = wordsOf(rollbackQuestion({ ...aSmallStandby(), foreign }, {}));

    expect(words).toContain(
      ':warning: *Somebody else moved the traffic in us-east-1:* the load balancer says blue 30 % and green 70 % (green is v1.1.0, blue v1.0.0), which Forge did not set. To confirm overrides it.',
    );
  });

  it('carries the plan that was shown, so that exactly it is carried out', () => {
    const form = formOf(rollbackQuestion(aPreview(), { version: 'v1.0.0' }));

    expect(JSON.parse(form?.private_metadata ?? '')).toMatchObject({
      deployment: 142,
      plan: aReturn().digest,
      version: 'v1.0.0',
    });
  });

  it('offers both ways by button where the form cannot open', () => {
    const { blocks } = messageOf(rollbackQuestion(aSmallStandby(), { why: 'errors' }));

    const [usual, emergency] = buttonsIn(blocks).map((one): unknown => JSON.parse(one.value ?? ''));

    expect(usual).toMatchObject({ plan: aSmallStandby().plan.digest, why: 'errors' });
    expect(usual).not.toHaveProperty('emergency');
    expect(emergency).toMatchObject({ emergency: true });
  });

  it('is taken by Slack however much there is to say', () => {
    const long = '<&🚀`*\n '.repeat(500);
    const preview = aSmallStandby(['us-east-1', 'eu-west-1']);
    const slow = [{ region: 'us-east-1', reason: long }];
    const foreign = [{ region: long, shown: long, splits: [] }];

    const reply = rollbackQuestion({ ...preview, slow, foreign }, { why: long, version: 'v'.repeat(100) });

    expect(viewErrors(formOf(reply), 'modal', { newBlocks: false, scopes: [] })).toEqual([]);
    expect(objections(messageOf(reply), { newBlocks: false })).toEqual([]);
  });
});
