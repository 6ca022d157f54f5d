/** That a command passed for a commit: it need not be run again soon. What did not pass is never kept, since it may pass the next time. */
export type CheckResults = {
  /** When and how it passed last; undefined: never, or so long ago that it was forgotten. The key is of the repository, the commit and the command. */
  checkResult(key: string): Promise<CheckResult | undefined>;
};

/** `at` in milliseconds since the epoch; `detail` as the verdict said it. */
export type CheckResult = { at: number; detail: string };

/** In one commit with the event that tells it. The newest one of a key counts. */
export type CheckResultChange = { kind: 'keep-check-result'; key: string; detail: string };
