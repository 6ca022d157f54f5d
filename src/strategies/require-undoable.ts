import { UserError } from '../domain/errors.ts';
import type { EnvironmentPolicy, Run, ServicePolicy } from '../domain/policy.ts';
import type { Live } from '../domain/release.ts';

type Undo = { service: ServicePolicy; environment: EnvironmentPolicy; before: Record<string, Live> };

/** Throws a `UserError` where what ran before was in other regions, or on other ECS services, than the service runs on now. */
export function requireUndoable(undo: Undo): void {
  const runs = undo.service.runs[undo.environment.name] ?? [];
  requireSameRegions(undo, runs);
  for (const run of runs) {
    const wasInColours = undo.before[run.region]?.place !== 'only';
    if (wasInColours === (run.colours !== undefined)) continue;
    const then = wasInColours ? 'two ECS services, blue and green' : 'one ECS service';
    const now = wasInColours ? 'one' : 'two, blue and green';
    throw refusal(undo, `was deployed on ${then}, in ${run.region}, and by the policy file it is now ${now}`);
  }
}

function requireSameRegions(undo: Undo, runs: readonly Run[]): void {
  const now = runs.map(({ region }) => region);
  const then = Object.keys(undo.before);
  const isSame = now.length === then.length && now.every((region) => then.includes(region));
  if (isSame && now.length > 0) return;
  const named = (regions: string[]) => (regions.length === 0 ? 'no region' : regions.join(', '));
  throw refusal(undo, `was deployed in ${named(then)}, and by the policy file it now runs in ${named(now)}`);
}

function refusal({ service, environment }: Undo, why: string): UserError {
  return new UserError(
    `${service.title} in ${environment.name} ${why}: Forge cannot put back what ran before everywhere. Nothing was changed. Say where to go instead: \`/forge deploy ${service.name} ${environment.name}\` and a version.`,
  );
}
