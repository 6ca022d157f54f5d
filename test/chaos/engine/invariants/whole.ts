import { type Case, casesOf, type Evidence } from '../evidence.ts';
import { type Leaderships, leadershipsOf } from './leaderships.ts';

/** The evidence, and what is easily asked of it. */
export type Whole = {
  evidence: Evidence;
  cases: ReadonlyMap<string, Case>;
  leaderships: Leaderships;
};

export function wholeOf(evidence: Evidence): Whole {
  return {
    evidence,
    cases: new Map(casesOf(evidence).map((subject) => [subject.run.id, subject])),
    leaderships: leadershipsOf(evidence.lines),
  };
}
