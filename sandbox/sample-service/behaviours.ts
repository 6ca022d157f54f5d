/**
 * What an image of the sample service does, by the last word of its version: `v1.2.0-crash` crashes.
 * A version without one of these words is good. An image built from a commit does what the commit's `src/behaviour.txt` says.
 *
 * Bad at the start, or to a smoke test:
 * - `crash`: ends with exit code 1 while starting.
 * - `hang`: never listens, and ignores SIGTERM, so it must be killed.
 * - `unhealthy`: starts, but says it is unhealthy.
 * - `broken`: healthy, but answers 500 on `/` and a wrong version on `/version`: only a smoke test sees it.
 * - `stuck`: healthy, but never answers `/`.
 * - `unmigrated`: good, but its migration fails.
 * - `wrong`: healthy, but answers another version on `/version`.
 *
 * Healthy, and bad only to customers (conduct.ts has the numbers):
 * - `errors`: answers some pages with 500.
 * - `slow`: answers every page a second later.
 * - `slower`: a little later, just under the usual limits.
 * - `crashloop`: ends again and again after some requests.
 * - `hotfix`: fewer errors than `errors`, but still over the usual limits.
 */
const behaviours = [
  'good',
  'crash',
  'hang',
  'unhealthy',
  'broken',
  'stuck',
  'unmigrated',
  'wrong',
  'errors',
  'slow',
  'slower',
  'crashloop',
  'hotfix',
] as const;
export type Behaviour = (typeof behaviours)[number];

export function behaviourOf(version: string): Behaviour {
  return behaviourNamed(version.split('-').at(-1) ?? '') ?? 'good';
}

/** Undefined for a word that is none of them. */
export function behaviourNamed(word: string): Behaviour | undefined {
  return behaviours.find((behaviour) => behaviour === word);
}
