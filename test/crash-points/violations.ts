import { isDeepStrictEqual } from 'node:util';
import type { Entry, Remains } from './remains.ts';

/** Effects that nothing but asking the world keeps from happening twice. */
const ASKED_BEFORE_REDONE = ['only once', 'asked'];

/** How what is left after crashes differs from what an undisturbed run leaves, in words. */
export function violationsOf(found: Remains, undisturbed: Remains, crashes: number): string[] {
  return [
    ...differences('runs', found.runs, undisturbed.runs),
    ...differences('journal', found.journal.map(recorded), undisturbed.journal.map(recorded)),
    ...differences('signals', found.signals.filter(isNoAnswer), undisturbed.signals),
    ...differences('events', found.events, undisturbed.events),
    ...differences('effects', effectsByRun(found), effectsByRun(undisturbed)),
    ...repeatedEffects(found),
    ...pauseViolations(found),
    ...attemptViolations(found, crashes),
    ...countViolations(found, undisturbed, crashes),
    ...(found.integrity === 'ok' ? [] : [`the database is not sound: ${String(found.integrity)}`]),
  ];
}

function differences(what: string, found: readonly unknown[], expected: readonly unknown[]): string[] {
  const missing = expected.filter((one) => !found.some((other) => isDeepStrictEqual(one, other)));
  const surplus = found.filter((one) => !expected.some((other) => isDeepStrictEqual(one, other)));
  const violations = [
    ...missing.map((one) => `${what}: missing ${JSON.stringify(one)}`),
    ...surplus.map((one) => `${what}: surplus ${JSON.stringify(one)}`),
  ];
  if (violations.length > 0 || isDeepStrictEqual(found, expected)) return violations;
  return [`${what}: in another order or number: ${JSON.stringify(found)}`];
}

/** Without what may differ: times, what was journaled because it is different each time, and how often it was tried. */
function recorded({ run, sequence, kind, name, running, outcome }: Entry): unknown {
  return { run, sequence, kind, name, running, outcome: kind === 'value' ? 'a value' : withoutTime(outcome) };
}

function withoutTime(outcome: unknown): unknown {
  return JSON.parse(JSON.stringify(outcome, (key, value: unknown) => (key === 'at' ? 'a time' : value)));
}

/** An answer is given only to who had to ask, so there may be more of them than in the undisturbed run. */
function isNoAnswer({ name }: Remains['signals'][number]): boolean {
  return !name.startsWith('answer:');
}

/** In the order of each run; how those of different runs mix is nobody's promise. */
function effectsByRun({ effects }: Remains): string[] {
  const lines = effects.map(({ run, name }) => `${run}: ${name}`);
  const runs = [...new Set(effects.map(({ run }) => run))].sort();
  return runs.flatMap((run) => lines.filter((line) => line.startsWith(`${run}: `)));
}

function repeatedEffects({ effects }: Remains): string[] {
  const repeated = effects.filter(({ name, calls }) => ASKED_BEFORE_REDONE.includes(name) && calls !== 1);
  return repeated.map(({ name, calls }) => `"${name}" was done ${calls} times, though it can be asked about`);
}

function pauseViolations({ effects }: Remains): string[] {
  const resumed = effects.findIndex(({ name }) => name === 'resume');
  const after = effects.findIndex(({ name }) => name === 'after the pause');
  return after === -1 || resumed < after ? [] : ['the paused run went on before it was resumed'];
}

/** Attempts are counted on, and flagged exactly when one before them did not report. */
function attemptViolations({ attempts, journal }: Remains, crashes: number): string[] {
  const violations: string[] = [];
  for (const entry of journal) {
    if (entry.kind !== 'operation') continue;
    const where = `${entry.run}: "${entry.name}"`;
    const seen = attempts.filter(({ run, name }) => run === entry.run && name === entry.name);
    let last = 0;
    let isReported = true;
    for (const { attempt, unknown, failed } of seen) {
      if (attempt <= last) violations.push(`${where}: attempt ${attempt} after attempt ${last}`);
      const isGap = attempt !== last + 1;
      if (isGap && crashes === 0)
        violations.push(`${where}: attempt ${attempt} after ${last} without a crash`);
      if ((isGap || !isReported) && !unknown) {
        violations.push(`${where}: attempt ${attempt} does not know that an earlier one never reported`);
      }
      if (unknown && crashes === 0)
        violations.push(`${where}: attempt ${attempt} is unknown without a crash`);
      if (attempt === 1 && unknown) violations.push(`${where}: the first attempt is unknown`);
      last = attempt;
      isReported = failed;
    }
    if (last > entry.attempt) violations.push(`${where}: the journal forgot attempt ${last}`);
  }
  return violations;
}

/** A crash costs one attempt of what was under way, and nothing else. */
function countViolations(found: Remains, undisturbed: Remains, crashes: number): string[] {
  return found.journal.flatMap((entry) => {
    const usual = undisturbed.journal.find((one) => one.run === entry.run && one.sequence === entry.sequence);
    const most = (usual?.attempt ?? 0) + crashes;
    if (entry.attempt <= most) return [];
    return [`${entry.run}: "${entry.name}" was tried ${entry.attempt} times, where ${most} are enough`];
  });
}
