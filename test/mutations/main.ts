/**
 * Takes away, one at a time, every guard that keeps people from deciding what is not theirs to decide, or from deciding it
 * twice, too late or about something else, and looks whether a test fails then. It fails when one survives, when a text is not
 * found any more, and when what is left is no program.
 * npm run prove:guards [-- --only votes --workers 3 --list]
 */
import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Guard } from './guard.ts';
import { guards } from './guards.ts';
import type { Verdict } from './verdict.ts';
import { createWorkshop } from './workshop.ts';

type Tried = { guard: Guard; theme: string; verdict: Verdict; seconds: number };

const { values } = parseArgs({
  options: {
    /** Of the name of a guard, its theme or its file; given several times, any of them. */
    only: { type: 'string', multiple: true, default: [] },
    workers: { type: 'string', default: '2' },
    list: { type: 'boolean', default: false },
  },
});
const chosen = Object.entries(guards).flatMap(([theme, all]) =>
  all.filter((guard) => isWanted(guard, theme)).map((guard) => ({ theme, guard })),
);
if (values.list) {
  for (const { theme, guard } of chosen) console.log(`${theme}: ${guard.name}`);
} else if (chosen.length === 0) {
  console.log('No guard is called so. `-- --list` names them all.');
  process.exitCode = 1;
} else {
  const folder = await mkdtemp(join(tmpdir(), 'forge-guards-'));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      rmSync(folder, { recursive: true, force: true });
      process.exit(1);
    });
  }
  try {
    process.exitCode = await prove(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function prove(folder: string): Promise<0 | 1> {
  const count = Math.max(1, Math.min(Number(values.workers), chosen.length));
  const workshops = await Promise.all(
    Array.from({ length: count }, (_, lane) => createWorkshop(process.cwd(), join(folder, String(lane)))),
  );
  const files = [...new Set(chosen.flatMap(({ guard }) => guard.tests))];
  console.log(`${chosen.length} guards, ${files.length} test files: first as they are`);
  // Nothing is proven by tests that fail anyway.
  const failing = (await workshops[0]?.failing(files)) ?? files;
  const left = [...chosen];
  const tried: Tried[] = [];
  await Promise.all(
    workshops.map(async (workshop) => {
      for (let next = left.shift(); next !== undefined; next = left.shift()) {
        const began = Date.now();
        const broken = next.guard.tests.find((file) => failing.includes(file));
        const verdict: Verdict =
          broken === undefined
            ? await workshop.try(next.guard)
            : { kind: 'does not apply', why: `${broken} fails with every guard in place` };
        tried.push({ ...next, verdict, seconds: Math.round((Date.now() - began) / 1_000) });
        if (verdict.kind !== 'killed') console.log(lineOf({ ...next, verdict, seconds: 0 }));
        else if (tried.length % 10 === 0) console.log(`${tried.length} of ${chosen.length}`);
      }
    }),
  );
  return tell(tried);
}

function tell(tried: readonly Tried[]): 0 | 1 {
  for (const theme of Object.keys(guards)) {
    const all = tried.filter((one) => one.theme === theme);
    if (all.length === 0) continue;
    console.log(`\n${theme}`);
    for (const one of chosenOrder(all)) console.log(lineOf(one));
  }
  const killed = tried.filter(({ verdict }) => verdict.kind === 'killed').length;
  console.log(`\n${killed} of ${tried.length} guards are missed by a test when they are taken away`);
  return killed === tried.length ? 0 : 1;
}

function chosenOrder(all: readonly Tried[]): Tried[] {
  return chosen.flatMap(({ guard }) => all.filter((one) => one.guard === guard));
}

function lineOf({ guard, verdict, seconds }: Tried): string {
  const what = `${guard.name} (${guard.file})`;
  switch (verdict.kind) {
    case 'killed':
      return `  killed          ${what}\n                  by “${verdict.by}”, ${seconds} s`;
    case 'survived':
      return `  SURVIVED        ${what}\n                  though ${guard.tests.join(', ')} ran`;
    case 'broken':
      return `  BROKEN MUTANT   ${what}\n                  ${verdict.why}`;
    case 'does not apply':
      return `  DOES NOT APPLY  ${what}\n                  ${verdict.why}`;
  }
}

function isWanted({ name, file }: Guard, theme: string): boolean {
  return values.only.length === 0 || values.only.some((part) => `${theme} ${name} ${file}`.includes(part));
}
