import type { Deployment } from '../src/domain/deployment.ts';
import type { DeploymentEvent } from '../src/domain/events.ts';
import { endDeployment } from './end-deployment.ts';
import type { JobContext } from './engine/engine.ts';
import { type Part, type Restored, restorePart } from './restore-part.ts';
import type { World } from './world.ts';

export type PutBackRequest = { deployment: number; because: 'failure' | 'abort'; reason: string };
type Told = { reason: string; at: number };

/** What does not get on is tried again for ever, at most this long after the last try. Milliseconds. */
const LONGEST_PAUSE = 30_000;
/** People are told again this often while it does not get on. Milliseconds. */
const TELL_AGAIN = 5 * 60_000;

/**
 * Puts back what was live before, in every region the deployment touched, and proves it; then ends the deployment.
 * Never gives up, and one region that does not answer does not stop another. Call it shielded.
 */
export async function putBack(context: JobContext, request: PutBackRequest, world: World): Promise<void> {
  const { deployment, because, reason } = request;
  const record = recorder(context, deployment);
  await record('put back', { type: 'restoring', because, reason });
  let waiting = await context.operation('find what was touched', () => touchedParts(deployment, world));
  const told = new Map<string, Told>();
  for (let round = 1; waiting.length > 0; round += 1) {
    const blocked: Part[] = [];
    for (const part of waiting) {
      const { region } = part.target;
      const name = `${region}: round ${round}`;
      const restored = await restorePart(
        context,
        {
          part,
          name,
          progress: (at, progress) => record(at, { type: 'restore-progressed', region, progress }),
        },
        world,
      );
      await tell(context, { name, region, restored, told }, record);
      if (restored.kind === 'blocked') blocked.push(part);
    }
    waiting = blocked;
    if (waiting.length > 0) await context.sleep(`pause ${round}`, Math.min(LONGEST_PAUSE, 1000 * 2 ** round));
  }
  const type = because === 'abort' ? 'aborted' : 'rolled-back';
  await endDeployment(context, deployment, { type }, world.store);
}

type Record = (name: string, event: DeploymentEvent) => Promise<void>;

function recorder(context: JobContext, deployment: number): Record {
  return async (name, event) => {
    await context.commit(name, [{ kind: 'append', deployment, expect: 'any', events: [event] }]);
  };
}

/** Records how a region's round ended; the same trouble is told again only after a while. */
async function tell(
  context: JobContext,
  round: { name: string; region: string; restored: Restored; told: Map<string, Told> },
  record: Record,
): Promise<void> {
  const { name, region, restored, told } = round;
  if (restored.kind === 'restored') {
    await record(`${name}: restored`, { type: 'restored', region, detail: restored.detail });
    return;
  }
  const at = await context.now();
  const last = told.get(region);
  if (last?.reason === restored.reason && at - last.at < TELL_AGAIN) return;
  told.set(region, { reason: restored.reason, at });
  await record(`${name}: blocked`, { type: 'restore-blocked', region, reason: restored.reason });
}

async function touchedParts(number: number, { store }: World): Promise<Part[]> {
  const deployment = await store.deployment(number);
  if (deployment === undefined) throw new Error(`Deployment #${number} is not in the database`);
  const regions = Object.entries(deployment.plan.from);
  return regions
    .filter(([region]) => isTouched(deployment, region))
    .map(([region, live]) => ({
      target: { service: deployment.service, environment: deployment.environment, region },
      on: live.place,
      revision: live.revision,
      version: live.version,
      digest: live.digest ?? null,
    }));
}

/** A step is recorded as begun before its first effect, so a region without one was not touched. */
function isTouched(deployment: Deployment, region: string): boolean {
  return deployment.plan.steps.some((step) => {
    const changes = step.kind === 'start' || step.kind === 'restore';
    return changes && step.region === region && deployment.steps[step.id] !== undefined;
  });
}
