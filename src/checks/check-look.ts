import type { CheckKind, CheckPolicy, CheckVerdict } from '../domain/check.ts';
import type { EnvironmentPolicy, ServicePolicy } from '../domain/policy.ts';
import type { Clock } from '../ports/clock.ts';
import type { CodeHost } from '../ports/code-host.ts';
import type { CommandRunner } from '../ports/command-runner.ts';
import type { SourceControl } from '../ports/source-control.ts';
import type { Store } from '../ports/store.ts';

/** What is to be checked. */
export type CheckSubject = {
  service: ServicePolicy;
  /** Where it is to be deployed. Absent: it is a branch, not a release for an environment. */
  environment?: EnvironmentPolicy;
  /** 40 hexadecimal digits. */
  commit: string;
  /** What people call it. */
  version: string;
  /**
   * The commit that is live where it is to go, or that the branch goes into: what has changed since. Several where regions differ.
   * Absent: nobody knows.
   */
  liveCommit?: string | readonly string[];
};

/** What checks look at. What is absent is not set up, so that nobody can tell whether a check would pass. */
export type CheckAdapters = {
  codeHost?: CodeHost;
  runner?: CommandRunner;
  sourceControl: SourceControl;
  store: Pick<Store, 'succeeded'>;
  clock: Clock;
};

/** Of one look: it ends as soon as the signal aborts. `attempt`: the same for every look of one attempt at a check, and for no other. */
export type LookOptions = { signal: AbortSignal; attempt?: string };

export type CheckOf<Kind extends CheckKind['kind']> = Extract<CheckPolicy, { kind: Kind }>;

/**
 * One look at one kind of check. Repeatable: it changes nothing. Throws what the code host and source control throw where they
 * are silent or refuse, and the signal's reason.
 */
export type Look<Kind extends CheckKind['kind']> = (
  policy: CheckOf<Kind>,
  subject: CheckSubject,
  adapters: CheckAdapters,
  options: LookOptions,
) => Promise<CheckVerdict>;
