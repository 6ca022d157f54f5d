import fc from 'fast-check';
import type { DeploymentEvent } from '../../src/domain/events.ts';
import { aPlanFor, aRequestedEvent } from '../builders.ts';
import { readyEventsOf } from './arbitrary-ready-events.ts';

const regions = ['us-east-1', 'eu-west-1'];
export const plan = aPlanFor(regions);
export const requestedEvent = aRequestedEvent({ plan });

/** What events name and say. */
export type Vocabulary = {
  step: fc.Arbitrary<string>;
  region: fc.Arbitrary<string>;
  words: fc.Arbitrary<string>;
};

const by = fc.integer({ min: 143, max: 150 });

function event<Type extends DeploymentEvent['type']>(type: Type) {
  return fc.constant(type);
}

/** Every event that can come after the request. */
export function laterEventOf({ step, region, words }: Vocabulary): fc.Arbitrary<DeploymentEvent> {
  const progress = fc.record(
    { done: fc.nat(4), of: fc.nat(4), note: words },
    { requiredKeys: ['done', 'of'] },
  );
  return fc.oneof(
    fc.record({ type: event('checking') }),
    fc.record({ type: event('check-finished'), name: words, detail: words }),
    fc.record({ type: event('started') }),
    fc.record({ type: event('step-started'), step }),
    fc.record({ type: event('step-progressed'), step, progress }),
    fc.record({ type: event('step-finished'), step, detail: words }, { requiredKeys: ['type', 'step'] }),
    fc.record({ type: event('step-failed'), step, reason: words }),
    fc.record(
      {
        type: event('held'),
        question: words,
        resumeMeans: words,
        abortMeans: words,
        doneMeans: words,
        detail: words,
        deadline: fc.nat(),
        otherwise: fc.constantFrom('abort' as const, 'failed' as const),
      },
      { requiredKeys: ['type', 'question', 'resumeMeans', 'abortMeans', 'deadline'] },
    ),
    fc.record(
      { type: event('resumed'), run: words, answer: fc.constantFrom('again' as const, 'happened' as const) },
      { requiredKeys: ['type'] },
    ),
    fc.record({ type: event('unanswered') }),
    fc.record({ type: event('unblocked') }),
    fc.record(
      { type: event('continued'), run: words, reason: words, detail: words },
      { requiredKeys: ['type', 'run'] },
    ),
    fc.record({ type: event('abort-requested') }),
    fc.record({
      type: event('restoring'),
      because: fc.constantFrom('failure' as const, 'abort' as const),
      reason: words,
    }),
    fc.record({ type: event('restore-progressed'), region, progress }),
    fc.record({ type: event('restore-blocked'), region, reason: words }),
    fc.record({ type: event('restored'), region, detail: words }),
    fc.record({ type: event('succeeded') }),
    fc.record({ type: event('rolled-back') }),
    fc.record({ type: event('aborted') }),
    fc.record({ type: event('left'), reason: words }),
    ...trafficEvents({ step, region, words }),
    ...readyEventsOf(words),
    fc.record({ type: event('reminded') }),
    fc.record({ type: event('blocked'), step, reason: words }, { requiredKeys: ['type', 'reason'] }),
    fc.record({ type: event('restore-left'), region, reason: words }),
    fc.record({ type: event('refused'), reason: words }),
    fc.record({ type: event('undoing'), by }),
    fc.record({ type: event('undo-failed'), by }),
    fc.record({ type: event('undone'), by }),
    fc.record({ type: event('replaced'), by }),
    fc.record({ type: event('live-again'), by }),
    fc.record({ type: event('automatic-held') }),
    fc.record({ type: event('automatic-resumed') }),
  );
}

const colour = fc.constantFrom('blue' as const, 'green' as const);
const split = fc.integer({ min: 0, max: 100 }).map((blue) => ({ blue, green: 100 - blue }));
/** Few, so that a confirmation often is of the newest intent. */
const generation = fc.nat(3);

/** What happens to a service in colours on top of that. */
function trafficEvents({ step, region, words }: Vocabulary): fc.Arbitrary<DeploymentEvent>[] {
  const gate = fc.record(
    {
      gate: fc.oneof(fc.constantFrom('errors', '5xx', 'p95', '__proto__'), words),
      kind: fc.constantFrom('passed' as const, 'failed' as const, 'inconclusive' as const, 'error' as const),
      value: words,
      limit: words,
      words,
      at: fc.nat(),
    },
    { requiredKeys: ['gate', 'kind', 'limit', 'words'] },
  );
  return [
    fc.record({ type: event('traffic-intended'), region, split, before: split, generation }),
    fc.record(
      { type: event('traffic-confirmed'), region, split, generation, took: fc.nat() },
      { requiredKeys: ['type', 'region', 'split', 'generation'] },
    ),
    fc.record(
      { type: event('gates-read'), region, step, gates: fc.array(gate, { maxLength: 8 }), waits: words },
      { requiredKeys: ['type', 'region', 'step', 'gates'] },
    ),
    fc.record({ type: event('paused') }),
    fc.record({ type: event('unpaused') }),
    fc.record({ type: event('skipped'), step }),
    fc.record({ type: event('approved'), step }),
    fc.record(
      {
        type: event('region-waiting'),
        region,
        for: fc.constantFrom('window' as const, 'freeze' as const, 'lock' as const, 'consent' as const),
        why: words,
        until: fc.nat(),
      },
      { requiredKeys: ['type', 'region', 'for', 'why'] },
    ),
    fc.record({ type: event('region-goes-on'), region }),
    fc.record({ type: event('switch-armed'), region, to: colour, after: fc.nat() }),
    fc.record({ type: event('switch-not-armed'), region, reason: words }),
    fc.record({ type: event('switch-disarmed'), region }),
    fc.record({ type: event('switch-fired'), region, to: colour }),
    fc.record({ type: event('standby-kept'), region, on: colour, until: fc.nat(), desired: fc.nat(9) }),
    fc.record({ type: event('standby-ended'), region, reason: words }, { requiredKeys: ['type', 'region'] }),
    fc.record({ type: event('acknowledged') }),
  ];
}

export const laterEvent = laterEventOf({
  step: fc.constantFrom('unknown/step', '__proto__', ...plan.steps.map(({ id }) => id)),
  region: fc.constantFrom('eu-north-1', ...regions),
  words: fc.string({ maxLength: 8 }),
});

const AFTER_THE_END: readonly DeploymentEvent['type'][] = [
  'undoing',
  'undo-failed',
  'undone',
  'replaced',
  'live-again',
  'automatic-held',
  'automatic-resumed',
];

/** Events that happen to a deployment after it has ended. */
export const eventAfterTheEnd = laterEvent.filter(({ type }) => AFTER_THE_END.includes(type));
