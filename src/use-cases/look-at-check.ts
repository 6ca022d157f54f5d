import type { CheckAdapters, CheckSubject, LookOptions } from '../checks/check-look.ts';
import { lookAt } from '../checks/index.ts';
import type { CheckPolicy, CheckVerdict } from '../domain/check.ts';
import { digestOf } from '../domain/json.ts';
import type { CheckResultChange, CheckResults } from '../ports/check-results.ts';

/**
 * That a command passed is believed for so long: what it looks at besides the commit, such as what is known of weaknesses,
 * changes. Milliseconds.
 */
const BELIEVED_FOR = 24 * 60 * 60_000;

type Adapters = CheckAdapters & { store: CheckResults };

/**
 * One look at a check of the policy. A command that passed for the same commit within a day is not run again: write `keep` in one
 * commit with what tells of the verdict. Only what passed is kept: what failed may pass the next time. Repeatable; throws as `lookAt` does.
 */
export async function lookAtCheck(
  policy: CheckPolicy,
  subject: CheckSubject,
  adapters: Adapters,
  options: LookOptions,
): Promise<{ verdict: CheckVerdict; keep: CheckResultChange[] }> {
  if (policy.kind !== 'command')
    return { verdict: await lookAt(policy, subject, adapters, options), keep: [] };
  const { run, install } = policy;
  const key = digestOf({ repository: subject.service.repository, commit: subject.commit, run, install });
  const known = await adapters.store.checkResult(key);
  if (known !== undefined && adapters.clock.now() - known.at < BELIEVED_FOR) {
    return { verdict: { kind: 'passed', says: known.detail }, keep: [] };
  }
  const verdict = await lookAt(policy, subject, adapters, options);
  if (verdict.kind !== 'passed') return { verdict, keep: [] };
  return { verdict, keep: [{ kind: 'keep-check-result', key, detail: verdict.says }] };
}
