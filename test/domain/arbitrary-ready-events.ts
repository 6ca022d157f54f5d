import fc from 'fast-check';
import { comparedIn } from '../../src/domain/code-changes.ts';
import type { DeploymentEvent } from '../../src/domain/events.ts';
import { aPlanFor } from '../builders.ts';

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
  // forge.yml takes no longer one.
  const name = fc.oneof(
    fc.constantFrom(...names),
    words.map((text) => text.slice(0, 70)),
  );
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
    fc.record({ type: event('changes-read'), changes: fc.oneof(knownChanges(words), unknownChanges(words)) }),
    fc.record(
      { type: event('superseded'), by: fc.integer({ min: 143, max: 150 }), reason: words },
      { requiredKeys: ['type', 'reason'] },
    ),
  ];
}

/** Also of the plan that was requested in these stories. */
const compared = fc.constantFrom(comparedIn(aPlanFor(['us-east-1', 'eu-west-1'])), 'something else');

function unknownChanges(words: fc.Arbitrary<string>) {
  return fc.record({ kind: fc.constant('unknown' as const), of: compared, says: words });
}

function knownChanges(words: fc.Arbitrary<string>) {
  const commit = fc.record({ sha: words, title: words, author: words }, { requiredKeys: ['sha', 'title'] });
  const commits = fc.record({ total: fc.nat(9), newest: fc.array(commit, { maxLength: 5 }) });
  const named = fc.record({ total: fc.nat(12), names: fc.array(words, { maxLength: 10 }) });
  const change = fc.record(
    {
      ...{ regions: fc.array(words, { minLength: 1, maxLength: 3 }), base: words },
      ...{ brings: commits, takesAway: commits, files: fc.nat(300), isCut: fc.boolean() },
      ...{ additions: fc.nat(), deletions: fc.nat() },
      migrations: fc.record({ brings: named, takesAway: named }),
      url: fc.oneof(fc.constant('https://github.com/acme/checkout/compare/a...b'), words),
    },
    {
      requiredKeys: [
        ...(['regions', 'base', 'brings', 'takesAway'] as const),
        ...(['files', 'isCut', 'additions', 'deletions'] as const),
      ],
    },
  );
  return fc.record({
    ...{ kind: fc.constant('known' as const), of: compared },
    changes: fc.array(change, { maxLength: 3 }),
    unknownIn: fc.array(words, { maxLength: 2 }),
  });
}
