import type { Deployment, Phase } from '../src/domain/deployment.ts';
import type { DeploymentEvent } from '../src/domain/events.ts';
import type { Plan } from '../src/domain/plan.ts';
import { aDeployment, aMoment, aPlan, aRequestedEvent } from './builders.ts';

export const phaseKinds: readonly Phase['kind'][] = [
  'requested',
  'checking',
  'building',
  'awaiting-approval',
  'waiting',
  'running',
  'held',
  'rolling-back',
  'succeeded',
  'rolled-back',
  'aborted',
  'left',
  'rejected',
  'expired',
  'refused',
  'superseded',
];

export const endings = [
  'succeeded',
  'rolled-back',
  'aborted',
  'left',
  'rejected',
  'expired',
  'refused',
  'superseded',
] as const;

type Shape = {
  plan?: Plan;
  /** The deployment it takes back. */
  undoes?: number;
  /** Everything another system or person says in it. */
  said?: string;
  why?: string;
};

/** A deployment that came to a phase the usual way: everything before it happened too. */
export function inPhase(kind: Phase['kind'], shape: Shape = {}): Deployment {
  return aDeployment(storyTo(kind, shape), shape.why === undefined ? {} : { why: shape.why });
}

/** The events that lead to a phase, from the request on. */
export function storyTo(
  kind: Phase['kind'],
  { plan = aPlan(), undoes, said }: Shape = {},
): DeploymentEvent[] {
  const words = said ?? 'it answers 500 instead of 200';
  const requested = aRequestedEvent({ plan, ...(undoes === undefined ? {} : { undoes }) });
  const checked: DeploymentEvent[] = [
    requested,
    { type: 'checking' },
    { type: 'check-finished', name: 'What is live', detail: said ?? 'v1.0.0 is still live' },
  ];
  const first = plan.steps[0]?.id ?? '';
  const started: DeploymentEvent[] = [
    ...checked,
    { type: 'started' },
    { type: 'step-started', step: first },
    { type: 'step-progressed', step: first, progress: { done: 1, of: 2, note: said ?? '1 task starts' } },
  ];
  const back: DeploymentEvent[] = [
    ...started,
    { type: 'step-failed', step: first, reason: words },
    { type: 'restoring', because: 'failure', reason: words },
  ];
  const region = Object.keys(plan.from)[0] ?? '';
  const restored: DeploymentEvent = { type: 'restored', region, detail: said ?? '2 of 2 tasks run v1.0.0' };
  switch (kind) {
    case 'requested':
      return [requested];
    case 'checking':
      return checked;
    case 'building':
      return [
        ...checked,
        { type: 'build-started', correlation: 'forge-142-1', workflow: 'deploy.yml' },
        {
          type: 'build-progressed',
          run: 7,
          url: 'https://github.com/acme/checkout/actions/runs/7',
          jobs: [{ name: said ?? 'Image', state: 'running', step: said ?? 'Push', done: 2, of: 5 }],
        },
      ];
    case 'awaiting-approval':
      return [...checked, anAsking()];
    case 'waiting':
      return [...checked, { type: 'waiting', for: 'window', why: words, until: aMoment + 3_600_000 }];
    case 'running':
      return started;
    case 'held':
      return [...started, aQuestion(words)];
    case 'rolling-back':
      return back;
    case 'succeeded':
      return [
        ...started,
        ...plan.steps.map(({ id }): DeploymentEvent => ({ type: 'step-finished', step: id, detail: words })),
        { type: 'succeeded' },
      ];
    case 'rolled-back':
      return [...back, restored, { type: 'rolled-back' }];
    case 'aborted':
      return [
        ...started,
        { type: 'abort-requested' },
        { type: 'restoring', because: 'abort', reason: words },
        restored,
        { type: 'aborted' },
      ];
    case 'left':
      return [...back, { type: 'restore-blocked', region, reason: words }, { type: 'left', reason: words }];
    case 'rejected':
      return [
        ...checked,
        anAsking(),
        { type: 'voted', round: 1, verdict: 'reject', countsFor: ['release-manager'] },
        { type: 'rejected' },
      ];
    case 'expired':
      return [...checked, anAsking(), { type: 'expired', reason: words }];
    case 'refused':
      return [...checked, { type: 'refused', reason: words }];
    case 'superseded':
      return [...checked, { type: 'superseded', by: 143, reason: words }];
  }
}

export function anAsking(): Extract<DeploymentEvent, { type: 'approval-asked' }> {
  return {
    ...{ type: 'approval-asked', round: 1, digest: 'd1', needs: [{ from: 'release-manager', count: 1 }] },
    ...{ policy: 'p1', excluded: ['U0MAYA'], deadline: aMoment + 7_200_000, changes: [] },
  };
}

export function aQuestion(said = 'AWS does not answer'): Extract<DeploymentEvent, { type: 'held' }> {
  return {
    type: 'held',
    question: said,
    resumeMeans: said,
    abortMeans: said,
    deadline: aMoment + 1_800_000,
  };
}
