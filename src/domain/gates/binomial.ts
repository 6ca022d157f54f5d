/**
 * Exact probability that at most `successes` of `trials` come out when each does with probability `chance` (0 to 1).
 * Also of many millions of trials, where adding terms up would take long: the regularised incomplete beta function.
 */
export function probabilityOfAtMost(successes: number, { trials, chance }: Trials): number {
  if (successes < 0) return 0;
  if (successes >= trials || chance <= 0) return 1;
  if (chance >= 1) return 0;
  return regularisedBeta(1 - chance, trials - successes, successes + 1);
}

/** Exact probability that at least `successes` of `trials` come out. */
export function probabilityOfAtLeast(successes: number, trials: Trials): number {
  return 1 - probabilityOfAtMost(successes - 1, trials);
}

export type Trials = { readonly trials: number; readonly chance: number };

function regularisedBeta(x: number, a: number, b: number): number {
  // The continued fraction converges fast on this side of the mean only; the other side is its mirror image.
  if (x > (a + 1) / (a + b + 2)) return 1 - regularisedBeta(1 - x, b, a);
  const logFront = a * Math.log(x) + b * Math.log1p(-x) + logGamma(a + b) - logGamma(a) - logGamma(b);
  return (Math.exp(logFront) / a) * betaFraction(x, a, b);
}

/** Lentz's method: Numerical Recipes, 6.4. */
function betaFraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / (1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  let change = 0;
  for (let m = 1; Math.abs(change - 1) > 1e-12; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / (1 + even * d);
    c = 1 + even / c;
    fraction *= d * c;
    d = 1 / (1 + odd * d);
    c = 1 + odd / c;
    change = d * c;
    fraction *= change;
  }
  return fraction;
}

const LANCZOS = [
  76.18009172947146, -86.50532032941678, 24.01409824083091, -1.231739572450155, 0.1208650973866179e-2,
  -0.5395239384953e-5,
] as const;

/** Of numbers from 1: right to ten digits. */
function logGamma(x: number): number {
  let sum = 1.000000000190015;
  LANCZOS.forEach((coefficient, index) => {
    sum += coefficient / (x + index + 1);
  });
  const base = x + 5.5;
  return (x + 0.5) * Math.log(base) - base + Math.log((2.5066282746310007 * sum) / x);
}
