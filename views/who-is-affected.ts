import type { Deployment } from '../src/domain/deployment.ts';
import { hasColours } from './colours.ts';
import { placeOf } from './deployment-words.ts';
import { escaped } from './text.ts';

const inTurn = new Intl.ListFormat('en-GB');

/** Who meets the new version, and when: one sentence in markup. */
export function whoIsAffected(deployment: Deployment, title: string): string {
  const everyone = `everyone who uses ${escaped(placeOf(deployment, title))}`;
  if (!hasColours(deployment)) {
    return `Who is affected: ${everyone}, a few at a time, while one task after the other is replaced.`;
  }
  const parts = weightsOf(deployment).filter((weight) => weight < 100);
  return parts.length === 0
    ? `Who is affected: nobody until it is healthy and tested, then ${everyone} at once.`
    : `Who is affected: nobody until it is healthy and tested, then ${inTurn.format(parts.map((weight) => `${weight} %`))} of the requests, then ${everyone}.`;
}

/** Percent of the requests, step by step, in the region that is first. */
function weightsOf({ plan: { steps } }: Deployment): number[] {
  const [first] = steps;
  return steps.flatMap((step) =>
    step.kind === 'shift' && step.region === first?.region ? [step.weight] : [],
  );
}
