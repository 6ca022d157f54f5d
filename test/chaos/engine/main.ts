/**
 * Kills the engine's processes at random while runs do everything an engine offers, and checks what was promised.
 * npm run chaos [-- --runs 2500 --kills 700 --seed N], npm run chaos:engine for the short one.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { violations } from './invariants.ts';
import { playChaos } from './play-chaos.ts';
import { printViolations } from './print-violations.ts';
import { summary } from './summary.ts';
import { readWords } from './words.ts';

const words = readWords(process.argv.slice(2));
console.log(`seed ${words.seed}: at least ${words.runs} runs and ${words.kills} kills`);
const folder = mkdtempSync(join(tmpdir(), 'forge-chaos-engine-'));
const chaos = playChaos(folder, words);
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    chaos.killAll();
    rmSync(folder, { recursive: true, force: true });
    process.exit(130);
  });
}
const played = await chaos.ended;
const found = violations(played.evidence);
console.log(summary(played, found));
if (found.length === 0) rmSync(folder, { recursive: true });
else {
  printViolations(found, played.evidence);
  console.log(`The files are kept in ${folder}`);
  console.log(
    `To see it again: npm run chaos -- --runs ${words.runs} --kills ${words.kills} --seed ${words.seed}`,
  );
}
process.exitCode = found.length === 0 ? 0 : 1;
