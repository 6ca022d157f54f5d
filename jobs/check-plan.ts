import type { Deployment } from '../src/domain/deployment.ts';
import type { Plan } from '../src/domain/plan.ts';
import { serviceNamed } from '../src/domain/policy.ts';
import type { Live } from '../src/domain/release.ts';
import type { StartProblem } from '../src/domain/schedule-event.ts';
import { livesOf } from '../src/use-cases/lives.ts';
import { checkDatabase } from './check-database.ts';
import { movedRef } from './moved-ref.ts';
import { requireState } from './require-state.ts';
import { type StandbyUse, standbysUsedBy } from './standby-changes.ts';
import type { World } from './world.ts';

export type CheckResult =
  | {
      kind: 'passed';
      service: string;
      environment: string;
      checks: { name: string; detail: string }[];
      /** Ends what earlier deployments keep warm, in the commit that starts this one. */
      uses: StandbyUse[];
    }
  /** Something else is live than what the plan was made for: another plan may do. */
  | { kind: 'drifted'; reason: string }
  | CheckFailed;

/** `problem` and `remedy` are sentences, the first as the rest of one. */
export type CheckFailed = {
  kind: 'failed';
  about: StartProblem['about'];
  problem: string;
  remedy?: string;
};

/**
 * Whether a plan made a moment ago still holds: its image is where it must be, what it replaces is still live, and the
 * database has room for a second colour.
 * A rollback is held to the second only, and one that only moves traffic back to nothing: it must not wait for a read more
 * than it needs, and its first step looks for itself. `isLongBefore`: its time is so far away that how busy the database is
 * now says nothing. Errors as the platform's and the source control's.
 */
export async function checkPlan(
  { number, isLongBefore }: { number: number; isLongBefore: boolean },
  world: World,
  signal: AbortSignal,
): Promise<CheckResult> {
  const deployment = await requireState(number, world.store);
  const service = serviceNamed(world.policy, deployment.service);
  if (service === undefined) {
    const problem = `${deployment.service} is not in the policy file any more.`;
    return { kind: 'failed', about: 'policy', problem };
  }
  const { environment, plan } = deployment;
  if (deployment.undoes !== undefined && isTrafficOnly(plan)) {
    return { kind: 'passed', service: service.name, environment, checks: [], uses: [] };
  }
  const lives = await livesOf(world.platform, service, environment, { signal });
  const drift = driftOf(deployment, lives);
  if (drift !== undefined) return { kind: 'drifted', reason: drift };
  const checks = [{ name: 'What is live', detail: `${stillLive(lives)}, as when this was asked` }];
  const passed = { kind: 'passed', service: service.name, environment } as const;
  if (deployment.undoes !== undefined) return { ...passed, checks, uses: [] };
  const image = await checkImage(deployment, world, signal);
  if (image.kind === 'failed') return image;
  const database = isLongBefore
    ? undefined
    : await checkDatabase(deployment, { service, lives }, world, signal);
  if (database?.kind === 'failed') return { ...database, about: 'database' };
  const moved = await movedRef(deployment, world, signal);
  const all = [
    ...checks,
    { name: 'Image', detail: image.detail },
    ...(moved === undefined ? [] : [{ name: 'Branch or tag', detail: moved }]),
    ...(database === undefined ? [] : [{ name: 'Database', detail: database.detail }]),
  ];
  return { ...passed, checks: all, uses: await standbysUsedBy(deployment, world.store) };
}

function isTrafficOnly({ steps }: Plan): boolean {
  return steps.some(({ kind }) => kind === 'return') && !steps.some(({ kind }) => kind === 'restore');
}

function driftOf(deployment: Deployment, lives: Record<string, Live>): string | undefined {
  for (const [region, planned] of Object.entries(deployment.plan.from)) {
    const now = lives[region];
    if (now?.revision === planned.revision && now.place === planned.place) continue;
    return `${deployment.service} in ${deployment.environment} changed while this was being prepared: ${region} ran ${planned.version} and now runs ${now?.version ?? 'something unknown'}. Nothing was changed. Look with \`/forge status\` and deploy again if you still want to.`;
  }
  return undefined;
}

/** `v1.0.0 is still live in us-east-1 and eu-west-1`; regions may differ. */
function stillLive(lives: Record<string, Live>): string {
  const byVersion = Object.groupBy(Object.entries(lives), ([, { version }]) => version);
  return Object.entries(byVersion)
    .map(
      ([version, found = []]) =>
        `${version} is still live in ${found.map(([region]) => region).join(' and ')}`,
    )
    .join(', ');
}

async function checkImage(
  deployment: Deployment,
  { sourceControl }: World,
  signal: AbortSignal,
): Promise<{ kind: 'passed'; detail: string } | CheckFailed> {
  const { service, environment, plan } = deployment;
  const { commit, version, digests } = plan.to;
  const ref = commit ?? version;
  const resolution = await sourceControl.resolve({ service, environment, ref }, { signal });
  if (resolution.kind !== 'found') {
    const problem = `the image of ${version} is not in the registry any more.`;
    return { kind: 'failed', about: 'image', problem, remedy: 'Build it again, or deploy another release.' };
  }
  const regions = Object.keys(digests);
  const moved = regions.find((region) => resolution.release.digests[region] !== digests[region]);
  if (moved === undefined) {
    return {
      kind: 'passed',
      detail: `${version} is in the registry of ${regions.join(' and ')}, pinned by digest`,
    };
  }
  const problem = `the image of ${version} in ${moved} is not the one this was planned with: somebody pushed another under the same name.`;
  return { kind: 'failed', about: 'image', problem, remedy: 'Deploy again to take the new one.' };
}
