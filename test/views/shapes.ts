import type { Deployment } from '../../src/domain/deployment.ts';
import type { DeploymentEvent } from '../../src/domain/events.ts';
import { type DeploymentView, deploymentMessage } from '../../views/deployment-message.ts';
import {
  aDeployment,
  aLive,
  aMoment,
  aPeoplePolicy,
  aPlan,
  aPlanFor,
  aRegion,
  aRelease,
  aRequestedEvent,
} from '../builders.ts';
import { inPhase, phaseKinds, storyTo } from '../in-phase.ts';
import { aCanary, aGate, begun, gatesRead, moved } from './canary.ts';

const allRegions = ['us-east-1', 'eu-west-1', 'ap-southeast-1'];

/** The ways a deployment can be drawn out: how many regions, forwards or back. */
export const shapes: { name: string; regions: string[]; undoes?: number; isCanary?: true }[] = [
  1, 2, 3,
].flatMap((count) => {
  const regions = allRegions.slice(0, count);
  return [
    { name: `${count} regions`, regions },
    { name: `${count} regions, a rollback`, regions, undoes: 141 },
    { name: `${count} regions, a canary`, regions, isCanary: true },
  ];
});

export const newWorkspace: ReadonlySet<string> = new Set();
export const oldWorkspace: ReadonlySet<string> = new Set(['plan', 'task_card']);

/** Workspaces as Slack has them. */
export const workspaces = [
  { name: 'a workspace that knows plans', newBlocks: true, unsupported: newWorkspace },
  { name: 'a workspace that does not', newBlocks: false, unsupported: oldWorkspace },
];

/** A rollback from v1.1.0 to v1.0.0 of a service without colours. */
export const aRollback = {
  plan: aPlan({ from: { [aRegion]: aLive({ version: 'v1.1.0' }) }, to: aRelease({ version: 'v1.0.0' }) }),
  undoes: 141,
};

/** A view of a deployment as the publisher makes it, a minute after the request. */
export function aView(deployment: Deployment, change: Partial<DeploymentView> = {}): DeploymentView {
  return {
    deployment,
    title: 'Checkout',
    expected: {},
    undoSeconds: 160,
    now: aMoment + 60_000,
    people: aPeoplePolicy(),
    unsupported: newWorkspace,
    ...change,
  };
}

export function messageOf(deployment: Deployment, change: Partial<DeploymentView> = {}) {
  return deploymentMessage(aView(deployment, change));
}

/** Deployments in every phase in which everything foreign says `said`. */
export function speaking(said: string, shape: (typeof shapes)[number]): Deployment[] {
  const from = Object.fromEntries(shape.regions.map((region) => [region, aLive({ version: said })]));
  const to = aRelease({ version: said });
  const plan = shape.isCanary
    ? aCanary(shape.regions, { before: said, version: said, asking: [50] })
    : aPlanFor(shape.regions, { from, to });
  const undoes = shape.undoes === undefined ? {} : { undoes: shape.undoes };
  return [
    ...phaseKinds.map((kind) => inPhase(kind, { plan, said, why: said, ...undoes })),
    ...endlessTrouble(shape.regions).map((event) =>
      aDeployment([...storyTo('rolling-back', { plan, said, ...undoes }), ...event], { why: said }),
    ),
    aDeployment([...storyTo('running', { plan, said, ...undoes }), { type: 'abort-requested' }], {
      why: said,
    }),
    aDeployment([aRequestedEvent({ plan }), { type: 'aborted' }], { why: said }),
    ...moving(shape.regions, said).map((events) =>
      aDeployment([...storyTo('running', { plan, said, ...undoes }), ...events], { why: said }),
    ),
  ].map((deployment) => withReasons(deployment, said));
}

/** Every region says something while it is put back. */
function endlessTrouble(regions: readonly string[]): DeploymentEvent[][] {
  return [
    regions.map((region) => ({ type: 'restore-blocked', region, reason: '' })),
    regions.map((region) => ({ type: 'restore-progressed', region, progress: { done: 1, of: 2, note: '' } })),
    regions.map((region) => ({ type: 'restored', region, detail: '' })),
  ];
}

/** Every region says everything that can be said while traffic is moved. */
function moving(regions: readonly string[], said: string): DeploymentEvent[][] {
  const kinds = ['failed', 'error', 'inconclusive', 'passed'] as const;
  const gates = kinds.flatMap((kind) => [
    aGate({ kind, value: said, limit: said, words: said }),
    aGate({ kind, gate: said, words: said }),
  ]);
  const all: DeploymentEvent[] = regions.flatMap((region) => [
    ...begun(`${region}/bake-25`),
    ...moved(25, { region }),
    gatesRead(gates, { region, waits: said }),
    { type: 'switch-not-armed', region, reason: said },
  ]);
  const back = regions.flatMap((region) => moved(0, { region, generation: 9, took: 3_100 }));
  const kept = regions.flatMap((region): DeploymentEvent[] => [
    { type: 'standby-kept', region, on: 'blue', until: aMoment + 86_400_000, desired: 2 },
  ]);
  return [
    all,
    [...all, { type: 'paused' }],
    [...all, { type: 'restoring', because: 'failure', reason: said }, ...back],
    [...all, ...kept, { type: 'succeeded' }],
  ];
}

function withReasons(deployment: Deployment, said: string): Deployment {
  const restores = Object.entries(deployment.restores).map(([region, restore]) => {
    if (restore.kind === 'blocked') return [region, { ...restore, reason: said }] as const;
    if (restore.kind === 'restored') return [region, { ...restore, detail: said }] as const;
    return [region, restore] as const;
  });
  return { ...deployment, restores: Object.fromEntries(restores) };
}
