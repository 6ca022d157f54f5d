import fc from 'fast-check';
import type { DeploymentEvent } from '../../src/domain/events.ts';

function event<Type extends DeploymentEvent['type']>(type: Type) {
  return fc.constant(type);
}

/** Few, so that an event often is about a check there is. */
const names = ['Unit tests', 'CI', '__proto__'];
const of = fc.constantFrom('digest 1', 'digest 2');
const state = fc.constantFrom(
  ...(['queued', 'running', 'passed', 'failed', 'cancelled', 'skipped'] as const),
);

/** What happens to checks and the image of a deployment before it starts. */
export function readyEventsOf(words: fc.Arbitrary<string>): fc.Arbitrary<DeploymentEvent>[] {
  const name = fc.oneof(fc.constantFrom(...names), words);
  const url = fc.oneof(fc.constant('https://github.com/acme/checkout/actions/runs/7'), words);
  const more = fc.oneof(fc.record({ url }), fc.record({ command: words }));
  const tail = fc.array(words, { maxLength: 40 });
  const box = fc.record({ says: words, by: words }, { requiredKeys: ['says'] });
  const check = fc.record(
    { name, kind: fc.constantFrom('command', 'github', 'box', 'scan'), of, box },
    { requiredKeys: ['name', 'kind', 'of'] },
  );
  const job = fc.record(
    { name: words, state, step: words, done: fc.nat(9), of: fc.nat(9) },
    { requiredKeys: ['name', 'state', 'done', 'of'] },
  );
  return [
    fc.record({
      type: event('checks-planned'),
      checks: fc.uniqueArray(check, { selector: (one) => one.name, maxLength: 16 }),
    }),
    fc.record({ type: event('check-started'), name }),
    fc.record(
      { type: event('check-waiting'), name, says: words, more },
      { requiredKeys: ['type', 'name', 'says'] },
    ),
    fc.record({ type: event('check-passed'), name, detail: words }),
    fc.record(
      {
        ...{ type: event('check-failed'), name, says: words, tail, more, override: words },
        ...{ verdict: fc.constantFrom('failed' as const, 'unknown' as const), deadline: fc.nat() },
      },
      { requiredKeys: ['type', 'name', 'verdict', 'says', 'deadline'] },
    ),
    fc.record({ type: event('check-reminded') }),
    fc.record({ type: event('check-retried'), name }),
    fc.record({ type: event('check-overridden'), name }),
    fc.record({ type: event('box-ticked'), name, of }),
    fc.record({ type: event('build-started'), correlation: words, workflow: words }),
    fc.record(
      { type: event('build-progressed'), run: fc.nat(), url, jobs: fc.array(job, { maxLength: 5 }) },
      { requiredKeys: ['type', 'run', 'jobs'] },
    ),
    fc.record(
      { type: event('build-failed'), says: words, tail, url, deadline: fc.nat() },
      { requiredKeys: ['type', 'says', 'deadline'] },
    ),
    fc.record({ type: event('build-retried') }),
    fc.record({ type: event('build-finished'), detail: words }),
    fc.record(
      { type: event('superseded'), by: fc.integer({ min: 143, max: 150 }), reason: words },
      { requiredKeys: ['type', 'reason'] },
    ),
  ];
}
