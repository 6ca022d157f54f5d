/** On which side of an effect or of a commit a process dies. Of a commit, `before` is: everything is written, nothing committed. */
type Side = 'before' | 'after';
/** One place at which a process may die: the `nth` time (1 = the first) it comes to what `label` names. */
export type Point = { label: string; side: Side; nth: number };

export type CrashPoints = {
  /** Counts from here on, and kills this process as soon as it comes to the point; undefined: never. */
  arm(point: Point | undefined): void;
  /** Everything it has passed since, in order: the first label of each time. */
  passed(): Point[];
  /** It is there: `labels` are the names of what happens, the most telling one first. */
  reach(labels: readonly string[], side: Side): void;
};

export function createCrashPoints(): CrashPoints {
  let target: Point | undefined;
  let counts = new Map<string, number>();
  let passed: Point[] = [];
  return {
    arm(point) {
      target = point;
      counts = new Map();
      passed = [];
    },
    passed: () => passed,
    reach(labels, side) {
      for (const [index, label] of labels.entries()) {
        const nth = (counts.get(`${side} ${label}`) ?? 0) + 1;
        counts.set(`${side} ${label}`, nth);
        if (isSame(target, { label, side, nth })) process.kill(process.pid, 'SIGKILL');
        if (index === 0) passed.push({ label, side, nth });
      }
    },
  };
}

function isSame(target: Point | undefined, { label, side, nth }: Point): boolean {
  return target?.label === label && target.side === side && target.nth === nth;
}
