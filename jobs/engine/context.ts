import { randomUUID } from 'node:crypto';
import type { Json } from '../../src/domain/json.ts';
import { runAll, spawn } from './children.ts';
import { commit } from './committing.ts';
import type { RunRecord } from './driver.ts';
import type { JobContext } from './engine.ts';
import { operation } from './operation.ts';
import { carryOut, type Setting, write } from './setting.ts';
import { startOver } from './start-over.ts';
import { sleep, waitFor } from './waiting.ts';

/** What the run's job may do. Each method takes its place in the journal before it awaits anything. */
export function createContext(setting: Setting, begin: (record: RunRecord) => Promise<void>): JobContext {
  const { run, term } = setting;

  function value<Value extends Json>(name: string, make: () => Value): Promise<Value> {
    const reached = run.reach('value', name);
    const work = () =>
      write((leadership) => leadership.record(reached.place, { kind: 'ok', value: make() }), setting);
    return carryOut(reached, work, setting);
  }

  return {
    runId: run.id,
    key: run.key,
    input: run.input,
    version: run.version,
    operation: (name, body, options = {}) =>
      operation({ reached: run.reach('operation', name), body, options }, setting),
    commit: (name, changes) => commit(run.reach('commit', name), changes, setting),
    sleep: (name, span) => sleep(run.reach('sleep', name), span, setting),
    waitFor: (signal, options = {}) =>
      waitFor(run.reach('wait', signal), { signal, within: options.within }, setting),
    now: () => value('now', () => term.clock.now()),
    random: () => value('random', () => Math.random()),
    uuid: () => value('uuid', () => randomUUID()),
    spawn: (job, input, options = {}) => spawn(run.reach('spawn', job), { job, input, options }, setting),
    runAll: (branches) => runAll(run.reach('run-all', Object.keys(branches).join(', ')), branches, setting),
    startOver: ({ after = 0 } = {}) => startOver({ ...setting, after }, begin),
    shield: (section) => run.shield(section),
  };
}
