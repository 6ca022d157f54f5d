import type { ProbeRound } from '../../src/domain/gates/index.ts';
import type { Preview, SmokeTest } from '../../src/domain/plan.ts';
import type { Colour } from '../../src/domain/release.ts';
import { otherColour } from '../../src/domain/traffic.ts';
import type { World } from '../world.ts';
import { type ProbePlan, probePlan, type Subject } from './subject.ts';

/** So many rounds are kept: enough to see several in a row. */
const KEPT = 10;

/**
 * One round of synthetic requests: to both colours through the preview rule and, once the new colour has all traffic and that
 * has settled, by the public address: until then the old one may answer there. Undefined where there is nothing to ask. Never throws for a bad answer.
 */
export async function probeRound(
  { subject, isSettled }: { subject: Subject; isSettled: boolean },
  world: World,
  signal: AbortSignal,
): Promise<ProbeRound | undefined> {
  const probe = probePlan(subject);
  if (probe === undefined || probe.tests.length === 0) return undefined;
  const { to, weight } = subject;
  const through = (colour: Colour): Preview => ({ ...probe.preview, colour });
  const ask = (tests: readonly SmokeTest[], preview?: Preview) =>
    areAllAnswered({ ...probe, tests, preview }, world, signal);
  // The old colour answers with its own version: of it, only that it answers as it should.
  const plain = probe.tests.map(({ contains: _ofTheNewOne, ...test }) => test);
  const [next, live, everybody] = await Promise.all([
    ask(probe.tests, through(to)),
    ask(plain, through(otherColour(to))),
    weight === 100 && isSettled ? ask(probe.tests) : true,
  ]);
  return { next: next && everybody, live };
}

/** The newest rounds, oldest first. */
export function withRound(rounds: readonly ProbeRound[], round: ProbeRound): ProbeRound[] {
  return [...rounds, round].slice(-KEPT);
}

async function areAllAnswered(
  { url, tests, preview }: Omit<ProbePlan, 'preview'> & { preview: Preview | undefined },
  { smokeProbe }: World,
  signal: AbortSignal,
): Promise<boolean> {
  const results = await Promise.all(
    tests.map((test) => smokeProbe({ url, test, ...(preview === undefined ? {} : { preview }) }, { signal })),
  );
  return results.every(({ kind }) => kind === 'passed');
}
