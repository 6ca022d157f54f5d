import type { Actor } from '../src/domain/actor.ts';
import type { Deployment } from '../src/domain/deployment.ts';

/** What `reconcile` writes about a deployment as it is now; it is written once. */
export function byReconcile({ number, version }: Pick<Deployment, 'number' | 'version'>): {
  by: Actor;
  cause: string;
} {
  return { by: { kind: 'job', run: `reconcile/${number}` }, cause: `reconcile/${number}/${version}` };
}
