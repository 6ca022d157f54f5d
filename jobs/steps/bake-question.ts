import type { Act } from '../../src/domain/bake.ts';
import type { Concern } from '../../src/domain/bake-concern.ts';
import { clockTime } from '../observe/assess.ts';
import { versionBefore } from '../observe/subject.ts';
import type { StepRun } from './step-run.ts';

type Context = {
  run: Pick<StepRun, 'plan' | 'target' | 'title' | 'release'>;
  weight: number;
  /** The weight that comes next; undefined: this is the last. */
  next: number | undefined;
};

export type BakeQuestion = { question: string; resumeMeans: string; abortMeans: string };

/** What people are asked about that promotion waits for. */
export function bakeQuestion(concern: Concern, context: Context): BakeQuestion {
  return {
    question: questionOf(concern, context),
    resumeMeans: resumeMeans(concern, context),
    abortMeans: abortMeans(concern, context),
  };
}

function abortMeans({ kind }: Concern, { run, weight }: Context): string {
  const before = versionBefore(run);
  if (kind === 'live-down') {
    return `Abort stops here; traffic goes back to ${before} as soon as enough of its tasks are healthy.`;
  }
  if (kind === 'foreign' || weight > 0) return `Abort sends all traffic back to ${before}.`;
  return `Abort puts ${before} back. In ${run.target.region} no traffic has been moved yet.`;
}

/** Why promotion waits, and until when it does so without a person. */
export function waitWords({ because, askAt }: Extract<Act, { kind: 'wait' }>): string | undefined {
  if (because === undefined || askAt === undefined) return because;
  return `${because} If that lasts, people are asked at ${clockTime(askAt)}.`;
}

function questionOf({ kind, because }: Concern, { run, weight, next }: Context): string {
  const { title, target, release } = run;
  if (kind === 'approve') {
    const where = next === undefined ? 'Finish it?' : `Go on to ${next} %?`;
    return `${release.version} has held at ${weight} % of ${title} in ${target.region}. ${where}`;
  }
  if (kind === 'foreign') return because;
  const where = weight === 0 ? 'before its first traffic' : `at ${weight} %`;
  return `${release.version} on ${title} in ${target.region} waits ${where}: ${because}`;
}

function resumeMeans({ kind }: Concern, { run, weight, next }: Context): string {
  const { version } = run.release;
  const onward = next === undefined ? `${version} counts as good` : `${version} goes to ${next} %`;
  switch (kind) {
    case 'foreign':
      return `Resume puts Forge's own weights back in place of those and goes on with ${version}.`;
    case 'live-down':
      return `Resume goes on with ${version}, which is healthy.`;
    case 'silence':
      return 'Resume waits for as long again; Forge goes on by itself as soon as there is an answer.';
    case 'shared':
      return `Resume keeps ${version} at ${weight} % and watches for as long again; Forge goes on by itself when it is over.`;
    case 'too-few':
      return 'Resume waits for as long again; Forge goes on by itself when they are healthy.';
    case 'evidence':
      return `Resume goes on as it is: ${onward}.`;
    case 'approve':
      return `Resume: ${onward}.`;
  }
}
