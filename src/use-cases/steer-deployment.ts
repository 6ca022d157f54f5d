import type { Caller } from '../domain/caller.ts';
import { requireAbortable, requireResumable } from '../domain/decisions.ts';
import type { Deployment } from '../domain/deployment.ts';
import { UserError } from '../domain/errors.ts';
import type { Store } from '../ports/store.ts';

export type Steering = { deployment: number; why?: string };

/** A deployment moves on while a person decides; the decision is made anew on what is true now, this often. */
const TRIES = 10;

/** Stops a deployment and has what it changed put back. Throws a `UserError` when there is nothing to stop. */
export async function abortDeployment(request: Steering, caller: Caller, store: Store): Promise<Deployment> {
  return decided(request, store, async (deployment) => {
    requireAbortable(deployment);
    const { number } = deployment;
    const by = caller.actor.userId;
    const reason = request.why ?? '';
    return store.commit([
      {
        kind: 'append',
        deployment: number,
        expect: deployment.version,
        events: [{ type: 'abort-requested' }],
        by: caller.actor,
        ...(request.why === undefined ? {} : { why: request.why }),
        cause: caller.arrival,
      },
      { kind: 'abort-run', run: `prepare/${number}`, by, reason },
      { kind: 'abort-run', run: `deploy/${number}`, by, reason },
      { kind: 'finish-arrival', id: caller.arrival, outcome: `abort of #${number}` },
    ]);
  });
}

/** Answers a held deployment's question with "go on"; its run looks for that. Throws a `UserError` when no question is open. */
export async function resumeDeployment(request: Steering, caller: Caller, store: Store): Promise<Deployment> {
  return decided(request, store, async (deployment) => {
    requireResumable(deployment);
    const { number } = deployment;
    return store.commit([
      {
        kind: 'append',
        deployment: number,
        expect: deployment.version,
        events: [{ type: 'resumed' }],
        by: caller.actor,
        cause: caller.arrival,
      },
      { kind: 'finish-arrival', id: caller.arrival, outcome: `resume of #${number}` },
    ]);
  });
}

/** Decides on what is true now, again as long as it changes meanwhile. */
export async function decided(
  request: Steering,
  store: Store,
  decide: (deployment: Deployment) => Promise<'committed' | 'already-committed' | 'conflict'>,
): Promise<Deployment> {
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const deployment = await requireDeployment(request.deployment, store);
    const result = await decide(deployment);
    if (result !== 'conflict') return deployment;
  }
  throw new Error(`Deployment #${request.deployment} changed ${TRIES} times while it was being steered`);
}

/** Throws the `UserError` that says there is no such deployment. */
export async function requireDeployment(number: number, store: Store): Promise<Deployment> {
  const deployment = await store.deployment(number);
  if (deployment !== undefined) return deployment;
  throw new UserError(`There is no deployment #${number}. \`/forge history\` lists the ones there are.`);
}
