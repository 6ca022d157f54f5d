/** Slack takes about 50 edits a minute from one app over all its messages; some are left for others. */
const EDITS_A_MINUTE = 40;
/** Of them, those that redrawing clocks may not use up. */
const KEPT_FOR_NEWS = 15;
const MINUTE = 60_000;

/** Counts edits over the last minute. Times in milliseconds since the epoch. */
export function createEditBudget() {
  const edits: number[] = [];
  return {
    /** Whether another edit that can wait may be made now. One that only redraws clocks leaves some for news. */
    hasRoom(now: number, { isNews }: { isNews: boolean }): boolean {
      while (edits[0] !== undefined && edits[0] <= now - MINUTE) edits.shift();
      return edits.length < (isNews ? EDITS_A_MINUTE : EDITS_A_MINUTE - KEPT_FOR_NEWS);
    },
    /** Edits that cannot wait are counted too. */
    spend(now: number): void {
      edits.push(now);
    },
  };
}

export type EditBudget = ReturnType<typeof createEditBudget>;
