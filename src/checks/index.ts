import type { CheckKind, CheckPolicy, CheckVerdict } from '../domain/check.ts';
import { lookAtBox } from './box.ts';
import { lookAtChangelog } from './changelog.ts';
import type { CheckAdapters, CheckSubject, Look, LookOptions } from './check-look.ts';
import { lookAtCommand } from './command.ts';
import { lookAtGithub } from './github.ts';
import { lookAtImage } from './image.ts';
import { lookAtMigrations } from './migrations-safe.ts';
import { lookAtScan } from './scan.ts';
import { lookAtStaged } from './staged.ts';
import { lengthInWords } from './words.ts';

type Kind = CheckKind['kind'];

/** One way to look for each kind of check. */
const looks = {
  command: lookAtCommand,
  github: lookAtGithub,
  image: lookAtImage,
  scan: lookAtScan,
  staged: lookAtStaged,
  'migrations-safe': lookAtMigrations,
  changelog: lookAtChangelog,
  box: lookAtBox,
} satisfies { [One in Kind]: Look<One> };

/**
 * One look at a check of the policy. Only `passed` has passed: what nobody can tell is `unknown`. Repeatable, it changes nothing;
 * with `since` (when the check was begun, milliseconds since the epoch) what is still waiting after `within` has failed. Throws only
 * what the code host and source control throw where they are silent or refuse, and the signal's reason.
 */
export async function lookAt(
  policy: CheckPolicy,
  subject: CheckSubject,
  adapters: CheckAdapters,
  options: LookOptions & { since?: number },
): Promise<CheckVerdict> {
  const { since, ...each } = options;
  each.signal.throwIfAborted();
  const verdict = await look(policy, subject, adapters, each);
  if (since === undefined || verdict.kind !== 'waiting') return verdict;
  return inTime(verdict, policy.within - (adapters.clock.now() - since), policy);
}

function look(
  policy: CheckPolicy,
  subject: CheckSubject,
  adapters: CheckAdapters,
  options: LookOptions,
): Promise<CheckVerdict> {
  switch (policy.kind) {
    case 'command':
      return looks.command(policy, subject, adapters, options);
    case 'github':
      return looks.github(policy, subject, adapters, options);
    case 'image':
      return looks.image(policy, subject, adapters, options);
    case 'scan':
      return looks.scan(policy, subject, adapters, options);
    case 'staged':
      return looks.staged(policy, subject, adapters, options);
    case 'migrations-safe':
      return looks['migrations-safe'](policy, subject, adapters, options);
    case 'changelog':
      return looks.changelog(policy, subject, adapters, options);
    case 'box':
      return looks.box(policy, subject, adapters, options);
  }
}

type Waiting = Extract<CheckVerdict, { kind: 'waiting' }>;

function inTime(verdict: Waiting, left: number, { within }: CheckPolicy): CheckVerdict {
  if (left > 0) return { ...verdict, lookAgainIn: Math.min(verdict.lookAgainIn, left) };
  const { says, more } = verdict;
  return {
    kind: 'failed',
    says: `It was not decided within ${lengthInWords(within)}. ${says}`,
    ...(more !== undefined && { more }),
  };
}
