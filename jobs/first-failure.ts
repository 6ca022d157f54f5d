import type { Step } from '../src/domain/plan.ts';
import type { World } from './world.ts';

/** Runs the tests of a smoke step once, one after the other; why the first failed that did, or undefined. */
export async function firstFailure(
  { url, tests, preview }: Extract<Step, { kind: 'smoke' }>,
  { smokeProbe }: Pick<World, 'smokeProbe'>,
  signal: AbortSignal,
): Promise<string | undefined> {
  for (const test of tests) {
    const asked = preview === undefined ? { url, test } : { url, test, preview };
    const result = await smokeProbe(asked, { signal });
    if (result.kind === 'failed') return result.reason;
  }
  return undefined;
}
