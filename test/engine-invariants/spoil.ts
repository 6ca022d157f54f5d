import type { EntryFacts, RunFacts } from '../chaos/engine/evidence.ts';
import { violations } from '../chaos/engine/invariants.ts';
import { evidenceOf, type History, soundHistory } from './history.ts';

export type Spoil = (history: History) => void;
/** What is wrong, how the violation reads, and how to make a sound history so. */
export type Spoiled = [wrong: string, expected: RegExp, spoil: Spoil];

/** What is found in a history that was sound before, as "rule: run what". */
export function foundAfter(spoil: Spoil): string {
  const history = soundHistory();
  spoil(history);
  return violations(evidenceOf(history))
    .map(({ rule, run, what }) => `${rule}: ${run ?? '-'} ${what}`)
    .join('\n');
}

export function changeRun(id: string, change: Partial<RunFacts>): Spoil {
  return ({ runs }) => void Object.assign(known(runs.find((run) => run.id === id)), change);
}

export function changeEntry(run: string, name: string, change: Partial<EntryFacts>): Spoil {
  return ({ entries }) => {
    const entry = entries.find((other) => other.run === run && other.name === name);
    Object.assign(known(entry), change);
  };
}

export function changeEffect(operation: string, change: object): Spoil {
  return ({ effects }) =>
    void Object.assign(known(effects.find((effect) => effect.operation === operation)), change);
}

export function changeLine(place: number, change: object): Spoil {
  return ({ lines }) => void Object.assign(known(lines[place]), change);
}

export function all(...spoils: readonly Spoil[]): Spoil {
  return (history) => {
    for (const spoil of spoils) spoil(history);
  };
}

function known<Thing>(thing: Thing | undefined): Thing {
  if (thing === undefined) throw new Error('The sound history has nothing of that kind');
  return thing;
}
