export type Random = {
  /** From `least` (included) to `most` (excluded). */
  between(least: number, most: number): number;
  /** True in about `share` (0-1) of the calls. */
  happens(share: number): boolean;
};

/** The same numbers for the same seed (a linear congruential generator, high bits only), so that a bad round can be told to others. */
export function createRandom(seed: number): Random {
  let state = BigInt(seed);
  const next = () => {
    state = BigInt.asUintN(64, state * 6364136223846793005n + 1442695040888963407n);
    return Number(state >> 32n) / 2 ** 32;
  };
  return {
    between: (least, most) => least + next() * (most - least),
    happens: (share) => next() < share,
  };
}
