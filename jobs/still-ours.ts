import type { Deployment } from '../src/domain/deployment.ts';
import type { Plan } from '../src/domain/plan.ts';
import { serviceNamed } from '../src/domain/policy.ts';
import type { Live, Target } from '../src/domain/release.ts';
import type { JobContext } from './engine/engine.ts';
import { type Call, type Outcome, platformCall } from './platform-call.ts';
import { ServiceReplaced } from './steps/step-run.ts';
import type { World } from './world.ts';

/**
 * For a run that goes on where another was lost: time has passed, and what somebody else put on the service meanwhile is
 * not to be written over. Throws `ServiceReplaced`. What AWS does not tell now is left to the steps.
 */
export async function requireStillOurs(
  context: JobContext,
  {
    plan,
    done,
    service,
    environment,
  }: Pick<Deployment, 'plan' | 'service' | 'environment'> & { done: string[] },
  world: World,
): Promise<void> {
  for (const [region, { place }] of Object.entries(plan.from)) {
    // Of colours only the weights could be somebody else's; each step that depends on them looks.
    if (place !== 'only') continue;
    const target: Target = { service, environment, region };
    const seen = await seeLive(context, { name: `${region}: see what is live`, target }, world);
    if (seen.kind !== 'done') continue;
    const { live, title } = seen.value;
    if (!isExpected(live, { plan, region, isChanged: isChanged(plan, region, done) })) {
      throw new ServiceReplaced(putByAnother(live, title, target));
    }
  }
}

/** What is live on a target, and what people call its service. */
export function seeLive(
  context: JobContext,
  { name, target }: { name: string; target: Target },
  world: World,
): Promise<Outcome<{ live: Live; title: string }>> {
  const look: Call<{ live: Live; title: string }> = async ({ platform, policy }, signal) => ({
    live: await platform.live(target, { signal }),
    title: serviceNamed(policy, target.service)?.title ?? target.service,
  });
  return platformCall(context, name, look, world);
}

/** That something is live which Forge did not put there, as a sentence for people. */
export function putByAnother({ version }: Live, title: string, { region }: Target): string {
  return `somebody else put ${version} on ${title} in ${region} meanwhile.`;
}

/** Forge's own change of the region was seen through. */
function isChanged({ steps }: Plan, region: string, done: readonly string[]): boolean {
  return steps.some(({ id, kind, region: of }) => {
    const changes = kind === 'start' || kind === 'restore';
    return changes && of === region && done.includes(id);
  });
}

function isExpected(
  live: Live,
  { plan, region, isChanged: hasChanged }: { plan: Plan; region: string; isChanged: boolean },
): boolean {
  const wanted = plan.to.digests[region];
  if (wanted === undefined || live.digest === undefined || live.digest === wanted) return true;
  return !hasChanged && live.revision === plan.from[region]?.revision;
}
