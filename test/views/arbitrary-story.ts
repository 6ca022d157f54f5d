import fc from 'fast-check';
import type { Actor } from '../../src/domain/actor.ts';
import type { RecordedEvent } from '../../src/domain/events.ts';
import { deploymentOf } from '../../src/domain/evolve.ts';
import { aLive, aPerson, aPlanFor, aRelease, aRequestedEvent, aStory } from '../builders.ts';
import { laterEventOf } from '../domain/arbitrary-events.ts';
import { phaseKinds, storyTo } from '../in-phase.ts';
import { anyName, anyText } from './arbitrary-text.ts';
import { aCanary } from './canary.ts';

/** What happened to one deployment, and what people call its service. */
export type Story = { title: string; events: RecordedEvent[] };

const actor: fc.Arbitrary<Actor> = fc.constantFrom<Actor>(
  aPerson,
  { kind: 'person', userId: 'U0SAM', via: 'button' },
  { kind: 'job', run: 'deploy/142' },
  { kind: 'trigger', source: 'schedule', id: 'nightly' },
);
/** Longer than any region of AWS; what every object has by itself, such as `toString`, is no key of a record. */
const region = fc.oneof(
  fc.constantFrom('us-east-1', 'eu-west-1', 'ap-southeast-2'),
  anyText.filter((text) => text.length <= 200 && !(text in {})),
);

const names = fc.record({
  title: anyText,
  service: anyName,
  environment: anyName,
  version: anyText,
  before: anyText,
  said: anyText,
  why: fc.option(anyText, { nil: undefined }),
  undoes: fc.option(fc.nat(999), { nil: undefined }),
  regions: fc.uniqueArray(region, { minLength: 1, maxLength: 4 }),
  phase: fc.constantFrom(...phaseKinds),
  by: actor,
  isCanary: fc.boolean(),
});

/** Any history: one that came to some phase the usual way, and then anything at all, everybody saying anything. */
export const anyStory: fc.Arbitrary<Story> = names.chain((chosen) => {
  const { title, service, environment, version, before, said, why, undoes, regions, phase, by, isCanary } =
    chosen;
  const plan = isCanary
    ? aCanary(regions, { before, version, asking: [25] })
    : aPlanFor(regions, {
        from: Object.fromEntries(regions.map((one) => [one, aLive({ version: before })])),
        to: aRelease({ version }),
      });
  const requested = {
    ...aRequestedEvent({ plan }),
    service,
    environment,
    ...(undoes === undefined ? {} : { undoes }),
  };
  const [, ...usual] = storyTo(phase, { plan, said });
  const step = fc.constantFrom('unknown/step', ...plan.steps.map(({ id }) => id));
  const later = laterEventOf({ step, region: fc.constantFrom(...regions), words: anyText });
  return fc.array(later, { maxLength: 16 }).map((more) => ({
    title,
    events: aStory([requested, ...usual, ...more], { by, ...(why === undefined ? {} : { why }) }),
  }));
});

/** The deployment after so many of its events. Throws for a story that does not begin. */
export function toldBy(events: readonly RecordedEvent[], count = events.length) {
  const deployment = deploymentOf(events.slice(0, count));
  if (deployment === undefined) throw new Error('A story begins with a request');
  return deployment;
}
