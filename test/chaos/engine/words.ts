import { parseArgs } from 'node:util';

/** What the command line asks for: at least so many runs and so many kills. */
export type Words = { runs: number; kills: number; seed: number };

const long = { runs: 2_500, kills: 700 };
const slice = { runs: 200, kills: 40 };

export function readWords(args: readonly string[]): Words {
  const { values } = parseArgs({
    args: [...args],
    options: {
      runs: { type: 'string' },
      kills: { type: 'string' },
      seed: { type: 'string' },
      slice: { type: 'boolean', default: false },
    },
  });
  const usual = values.slice ? slice : long;
  return {
    runs: wholeNumber('--runs', values.runs, usual.runs),
    kills: wholeNumber('--kills', values.kills, usual.kills),
    seed: wholeNumber('--seed', values.seed, Math.floor(Math.random() * 1_000_000)),
  };
}

function wholeNumber(name: string, text: string | undefined, usual: number): number {
  const value = text === undefined ? usual : Number(text);
  if (!Number.isSafeInteger(value) || value < 0) throw new Error(`${name} takes a number from 0 on`);
  return value;
}
