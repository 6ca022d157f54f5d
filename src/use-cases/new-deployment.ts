import { askingOf, type Requester } from '../domain/caller.ts';
import type { Deployment } from '../domain/deployment.ts';
import type { DeploymentEvent } from '../domain/events.ts';
import type { Change, Store } from '../ports/store.ts';

type Requested = Extract<DeploymentEvent, { type: 'requested' }>;

/** Another deployment may get the number first; it is not contended for long. */
const TRIES = 10;

/**
 * Creates a deployment and the run that prepares it, and finishes the arrival that asked, all in one commit:
 * the same asking creates one deployment however often it is delivered, or its form is sent. `look` throws when it may not be created; `besides`
 * is written with it, and a conflict of it has it look again.
 * Undefined: it was dealt with before.
 */
export async function createDeployment(
  requested: Requested,
  caller: Requester & { why?: string },
  {
    store,
    look,
    besides = async () => [],
  }: {
    store: Store;
    look: () => Promise<'free' | 'repeated'>;
    besides?: (deployment: number) => Promise<readonly Change[]>;
  },
): Promise<number | undefined> {
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const deployment = await store.nextNumber();
    // Whatever is created after this look takes the number that was read before it, and the commit is a conflict.
    if ((await look()) === 'repeated') return undefined;
    const result = await store.commit([
      {
        kind: 'append',
        deployment,
        expect: 0,
        events: [requested],
        by: caller.actor,
        ...(caller.why === undefined ? {} : { why: caller.why }),
        cause: askingOf(caller),
      },
      { kind: 'start-run', id: `prepare/${deployment}`, job: 'prepare', input: { deployment } },
      ...(await besides(deployment)),
      { kind: 'finish-arrival', id: caller.arrival, outcome: `deployment #${deployment}` },
    ]);
    if (result === 'committed') return deployment;
    if (result === 'already-committed') return undefined;
  }
  throw new Error(`Could not claim a deployment number in ${TRIES} tries`);
}

/** Whether this very asking created the deployment, so that it is asked for a second time. */
export async function isAskedBy(deployment: Deployment, caller: Requester, store: Store): Promise<boolean> {
  const [requested] = await store.events(deployment.number);
  return requested?.cause === caller.arrival || requested?.cause === askingOf(caller);
}
