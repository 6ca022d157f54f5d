import type { Deployment } from '../../src/domain/deployment.ts';
import type { DeploymentEvent } from '../../src/domain/events.ts';
import { type DeploymentView, deploymentMessage } from '../../views/deployment-message.ts';
import { aDeployment, aLive, aMoment, aPlanFor, aRelease, aRequestedEvent } from '../builders.ts';
import { inPhase, phaseKinds, storyTo } from '../in-phase.ts';

const allRegions = ['us-east-1', 'eu-west-1', 'ap-southeast-1'];

/** The ways a deployment can be drawn out: how many regions, forwards or back. */
export const shapes = [1, 2, 3].flatMap((count) => [
  { name: `${count} regions`, regions: allRegions.slice(0, count) },
  { name: `${count} regions, a rollback`, regions: allRegions.slice(0, count), undoes: 141 },
]);

export const newWorkspace: ReadonlySet<string> = new Set();
export const oldWorkspace: ReadonlySet<string> = new Set(['plan', 'task_card']);

/** A view of a deployment as the publisher makes it, a minute after the request. */
export function aView(deployment: Deployment, change: Partial<DeploymentView> = {}): DeploymentView {
  return {
    deployment,
    title: 'Checkout',
    expected: {},
    undoSeconds: 160,
    now: aMoment + 60_000,
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
  const plan = aPlanFor(shape.regions, { from, to });
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

function withReasons(deployment: Deployment, said: string): Deployment {
  const restores = Object.entries(deployment.restores).map(([region, restore]) => {
    if (restore.kind === 'blocked') return [region, { ...restore, reason: said }] as const;
    if (restore.kind === 'restored') return [region, { ...restore, detail: said }] as const;
    return [region, restore] as const;
  });
  return { ...deployment, restores: Object.fromEntries(restores) };
}
