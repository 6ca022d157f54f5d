import type { Random } from '../random.ts';
import type { Act, CommitAct, LeafAct, LeafScript, OperationAct, Script } from './script.ts';

/** Numbers of deployments that a run and the runs it starts may use. */
const deploymentsPerRun = 100;

/** A script of its own for each run. Children and spawned runs use the next deployments. */
export function drawScript(index: number, random: Random): Script {
  let deployment = index * deploymentsPerRun + 1;
  const nextDeployment = () => deployment++;
  const script: Script = { deployment: nextDeployment(), acts: [] };
  const count = Math.floor(random.between(2, 7));
  for (let number = 0; number < count; number += 1) {
    script.acts.push(...drawActs(number, { random, nextDeployment }));
  }
  if (random.happens(0.04)) script.acts.push({ kind: 'fail' });
  return script;
}

type Drawing = { random: Random; nextDeployment: () => number };

function drawActs(number: number, drawing: Drawing): Act[] {
  const { random } = drawing;
  const kind = pick(random, ['leaf', 'leaf', 'leaf', 'leaf', 'wait', 'wait', 'spawn', 'run-all']);
  switch (kind) {
    case 'wait':
      return drawWait(number, drawing);
    case 'spawn':
      return [
        {
          kind: 'spawn',
          delayMs: random.happens(0.6) ? Math.floor(random.between(50, 1_500)) : 0,
          hasOwnId: random.happens(0.4),
          script: drawLeafScript(drawing),
        },
      ];
    case 'run-all': {
      const names = ['north', 'south', 'west'].slice(0, random.happens(0.5) ? 3 : 2);
      const branches = names.map((name) => [name, drawLeafScript(drawing)] as const);
      return [{ kind: 'run-all', branches: Object.fromEntries(branches) }];
    }
    default:
      return [drawLeaf(drawing)];
  }
}

/** Waits for anybody, for anybody in time, or for the run's own commit. */
function drawWait(number: number, drawing: Drawing): Act[] {
  const { random } = drawing;
  if (random.happens(0.45)) return [{ kind: 'wait', signal: 'go' }];
  if (random.happens(0.7)) {
    return [{ kind: 'wait', signal: `brief-${number}`, withinMs: Math.floor(random.between(30, 600)) }];
  }
  const signal = `self-${number}`;
  return [
    { ...drawCommit(drawing), conflicts: false, rings: signal },
    { kind: 'wait', signal },
  ];
}

function drawLeafScript(drawing: Drawing): LeafScript {
  const { random, nextDeployment } = drawing;
  const script: LeafScript = { deployment: nextDeployment(), acts: [] };
  const count = Math.floor(random.between(1, 4));
  for (let number = 0; number < count; number += 1) script.acts.push(drawLeaf(drawing));
  if (random.happens(0.1)) script.acts.push({ kind: 'fail' });
  return script;
}

function drawLeaf(drawing: Drawing): LeafAct {
  const { random } = drawing;
  const kind = pick(random, [
    'operation',
    'operation',
    'operation',
    'commit',
    'sleep',
    'shield',
    'shield',
    'values',
  ]);
  switch (kind) {
    case 'commit':
      return drawCommit(drawing);
    case 'sleep':
      return { kind: 'sleep', milliseconds: Math.floor(random.between(1, 80)) };
    case 'shield':
      return { kind: 'shield', milliseconds: Math.floor(random.between(4, 80)) };
    case 'values':
      return { kind: 'values' };
    default:
      return drawOperation(random);
  }
}

function drawOperation(random: Random): OperationAct {
  return {
    kind: 'operation',
    milliseconds: Math.floor(random.between(2, random.happens(0.15) ? 120 : 40)),
    trouble: pick(random, ['none', 'none', 'none', 'none', 'none', 'fails', 'hangs', 'doomed']),
    times: Math.floor(random.between(1, 4)),
    reconciles: random.happens(0.35),
    hasOwnKey: random.happens(0.2),
    obeys: random.happens(0.6),
  };
}

/** One that meets no trouble and takes its time. */
export function steadyOperation(random: Random): OperationAct {
  const milliseconds = Math.floor(random.between(60, 120));
  return { ...drawOperation(random), milliseconds, trouble: 'none' };
}

function drawCommit({ random, nextDeployment }: Drawing): CommitAct {
  const starts = random.happens(0.25)
    ? { deployment: nextDeployment(), acts: [drawOperation(random)] }
    : undefined;
  return { kind: 'commit', conflicts: random.happens(0.15), ...(starts === undefined ? {} : { starts }) };
}

function pick<Item>(random: Random, items: readonly Item[]): Item {
  const item = items[Math.floor(random.between(0, items.length))];
  if (item === undefined) throw new Error('There is nothing to pick from');
  return item;
}
