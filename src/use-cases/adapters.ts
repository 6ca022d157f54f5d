import type { Policy } from '../domain/policy.ts';
import type { Clock } from '../ports/clock.ts';
import type { CodeHost } from '../ports/code-host.ts';
import type { CommandRunner } from '../ports/command-runner.ts';
import type { Platform } from '../ports/platform.ts';
import type { SourceControl } from '../ports/source-control.ts';
import type { Store } from '../ports/store.ts';

/** What the use cases need from the world. */
export type Adapters = {
  policy: Policy;
  store: Store;
  platform: Platform;
  sourceControl: SourceControl;
  clock: Clock;
  /** Absent: Forge does not talk to GitHub. */
  codeHost?: CodeHost;
  /** Absent: there are no command checks. */
  runner?: CommandRunner;
};

/** How long a use case waits for AWS while a person waits for it: long enough for a retry, short enough to say so. Milliseconds. */
export const PATIENCE = 20_000;
