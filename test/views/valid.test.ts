import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deploymentOf } from '../../src/domain/evolve.ts';
import { textLength } from '../../views/blocks.ts';
import { threadLine } from '../../views/thread-lines.ts';
import { aMoment, aPeoplePolicy, aPlanFor, aRecordedEvent, aStory } from '../builders.ts';
import { laterEvent, requestedEvent } from '../domain/arbitrary-events.ts';
import { inPhase, phaseKinds, storyTo } from '../in-phase.ts';
import { hostileTexts } from './hostile.ts';
import { objections } from './rules.ts';
import { aView, messageOf, shapes, speaking, workspaces } from './shapes.ts';
import { threadOf } from './thread-reading.ts';

const cases = workspaces.flatMap((workspace) => shapes.map((shape) => ({ workspace, shape })));

describe.each(cases)('the message in $workspace.name, of $shape.name', ({ workspace, shape }) => {
  const { unsupported, newBlocks } = workspace;

  it.each(hostileTexts)('is taken in every phase where people say %s', (_what, said) => {
    const problems = speaking(said, shape).flatMap((deployment) => {
      const message = messageOf(deployment, { title: said, unsupported });
      return objections(message, { newBlocks }).map((one) => `${deployment.phase.kind}: ${one}`);
    });

    expect(problems).toEqual([]);
  });

  it('holds at most 12,000 characters, however much there is to say', () => {
    const said = '&x🚀 '.repeat(600);

    const lengths = speaking(said, shape).map((deployment) =>
      textLength(messageOf(deployment, { title: said, unsupported }).blocks),
    );

    expect(Math.max(...lengths)).toBeLessThanOrEqual(12_000);
  });
});

describe('the message', () => {
  it('is taken after any sequence of events', () => {
    fc.assert(
      fc.property(
        fc.array(laterEvent, { maxLength: 20 }),
        fc.constantFrom(...workspaces),
        (later, workspace) => {
          const deployment = deploymentOf(aStory([requestedEvent, ...later])) ?? inPhase('requested');

          const message = messageOf(deployment, { unsupported: workspace.unsupported });

          expect(objections(message, workspace)).toEqual([]);
        },
      ),
    );
  });

  it('is taken for more regions than a plan has tasks', () => {
    const regions = Array.from({ length: 15 }, (_, index) => `eu-west-${index}`);
    const plan = aPlanFor(regions);

    const problems = phaseKinds.flatMap((kind) =>
      workspaces.flatMap(({ unsupported, newBlocks }) =>
        objections(messageOf(inPhase(kind, { plan }), { unsupported }), { newBlocks }),
      ),
    );

    expect(problems).toEqual([]);
  });

  it('is the same whenever the same state is shown', () => {
    const view = aView(inPhase('running'));

    expect(messageOf(view.deployment)).toEqual(messageOf(structuredClone(view.deployment)));
  });

  it('keeps its number in the first line, however long the rest is', () => {
    const { blocks, text } = messageOf(inPhase('rolled-back', { plan: aPlanFor(['x'.repeat(200)]) }), {
      title: 'A very long title '.repeat(20),
    });

    expect(text).toMatch(/\(#142\)$/);
    expect(JSON.stringify(blocks[0])).toContain('(#142)');
  });
});

describe.each(shapes)('a line of the thread, of $name', (shape) => {
  it.each(hostileTexts)('is taken where people say %s', (_what, said) => {
    const undoes = shape.undoes === undefined ? {} : { undoes: shape.undoes };
    const stories = phaseKinds.map((kind) =>
      aStory(storyTo(kind, { plan: aPlanFor(shape.regions), said, ...undoes }), { why: said }),
    );

    const people = { title: said, admins: ['U0SAM'], commanders: [], policy: aPeoplePolicy() };
    const problems = stories
      .flatMap((story) => threadOf(story, people))
      .flatMap((line) => objections(line, { newBlocks: false }));

    expect(problems).toEqual([]);
  });

  it('is taken about any event', () => {
    fc.assert(
      fc.property(fc.constantFrom(...phaseKinds), laterEvent, (kind, event) => {
        const deployment = inPhase(kind);
        const recorded = aRecordedEvent(event, { version: deployment.version + 1, at: aMoment });

        const line = threadLine(recorded, deployment, {
          title: 'Checkout',
          admins: ['U0SAM'],
          commanders: [],
          policy: aPeoplePolicy(),
        });

        expect(line === undefined ? [] : objections(line, { newBlocks: false })).toEqual([]);
      }),
    );
  });
});
