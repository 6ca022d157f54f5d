import { z } from 'zod';

/** One operation: works for a while around an effect in the cloud. */
const Operation = z.object({
  kind: z.literal('operation'),
  milliseconds: z.int(),
  /** What its first `times` attempts meet, or what it never overcomes. */
  trouble: z.enum(['none', 'fails', 'hangs', 'doomed']),
  times: z.int(),
  /** Looks for the effect before it tries again, so that the cloud is asked for it once. */
  reconciles: z.boolean(),
  /** Gives the cloud a key of its own instead of the engine's. */
  hasOwnKey: z.boolean(),
  /** Ends early when its signal aborts. */
  obeys: z.boolean(),
});
export type OperationAct = z.infer<typeof Operation>;

/** Two operations and a sleep between them that no abort may end. */
const Shield = z.object({ kind: z.literal('shield'), milliseconds: z.int() });
const Sleep = z.object({ kind: z.literal('sleep'), milliseconds: z.int() });
const Wait = z.object({
  kind: z.literal('wait'),
  signal: z.string(),
  withinMs: z.int().optional(),
});
/** A time, a random number and a unique id. */
const Values = z.object({ kind: z.literal('values') });
const Fail = z.object({ kind: z.literal('fail') });

const Starting = z.object({ deployment: z.int(), acts: z.array(Operation) });

const Commit = z.object({
  kind: z.literal('commit'),
  /** Expects a version that the deployment does not have. */
  conflicts: z.boolean(),
  /** Signal that it sends to its own run. */
  rings: z.string().optional(),
  /** What the run that it starts does. */
  starts: Starting.optional(),
});
export type CommitAct = z.infer<typeof Commit>;

const LeafAct = z.discriminatedUnion('kind', [Operation, Shield, Sleep, Wait, Values, Fail, Commit]);
export type LeafAct = z.infer<typeof LeafAct>;
const LeafScript = z.object({ deployment: z.int(), acts: z.array(LeafAct) });
export type LeafScript = z.infer<typeof LeafScript>;

const Spawn = z.object({
  kind: z.literal('spawn'),
  delayMs: z.int(),
  hasOwnId: z.boolean(),
  script: LeafScript,
});
const RunAll = z.object({ kind: z.literal('run-all'), branches: z.record(z.string(), LeafScript) });

const Act = z.discriminatedUnion('kind', [...LeafAct.options, Spawn, RunAll]);
export type Act = z.infer<typeof Act>;

/** What a run of the chaos does; also its input, so that the database says what should have happened. */
export const Script = z.object({
  /** The deployment its commits append to; no other run appends to it. */
  deployment: z.int(),
  acts: z.array(Act),
});
export type Script = z.infer<typeof Script>;

export const jobName = 'chaos';
/** A version that no deployment of the chaos reaches. */
export const impossibleVersion = 999;

/** An operation that the journal of an undisturbed run has, in the journal's order. */
export type Expected = {
  kind: 'operation' | 'commit' | 'sleep' | 'wait' | 'value' | 'spawn' | 'run-all';
  name: string;
  isShielded: boolean;
  act: Act | undefined;
};

export function expectedOperations(script: Script): Expected[] {
  const end = script.acts.findIndex((act) => act.kind === 'fail');
  const acts = end === -1 ? script.acts : script.acts.slice(0, end);
  return acts.flatMap((act, index) => operationsOf(act, index));
}

/** What follows an abort. */
export const putBackOperations: readonly Expected[] = [
  { kind: 'operation', name: 'put-back-0', isShielded: true, act: undefined },
  { kind: 'sleep', name: 'put-back-pause', isShielded: true, act: undefined },
  { kind: 'operation', name: 'put-back-1', isShielded: true, act: undefined },
];

function operationsOf(act: Act, index: number): Expected[] {
  const name = actName(index);
  switch (act.kind) {
    case 'operation':
    case 'commit':
    case 'sleep':
      return [{ kind: act.kind, name, isShielded: false, act }];
    case 'shield':
      return [
        { kind: 'operation', name: `${name}.0`, isShielded: true, act },
        { kind: 'sleep', name: `${name}.1`, isShielded: true, act },
        { kind: 'operation', name: `${name}.2`, isShielded: true, act },
      ];
    case 'wait':
      return [{ kind: 'wait', name: act.signal, isShielded: false, act }];
    case 'values':
      return ['now', 'random', 'uuid'].map((value) => ({
        kind: 'value',
        name: value,
        isShielded: false,
        act,
      }));
    case 'spawn':
      return [{ kind: 'spawn', name: jobName, isShielded: false, act }];
    case 'run-all':
      return [{ kind: 'run-all', name: Object.keys(act.branches).join(', '), isShielded: false, act }];
    case 'fail':
      return [];
  }
}

export function actName(index: number): string {
  return `act-${index}`;
}

/** Id of the run that the commit at this place starts. */
export function startedByCommit(run: string, index: number): string {
  return `${run}+${index}`;
}

/** Id that a spawn gives its run itself. */
export function ownSpawnId(run: string, index: number): string {
  return `${run}~${index}`;
}

export function ownKey(run: string, operation: string): string {
  return `own:${run}:${operation}`;
}
