import type { DeadManPolicy, EnvironmentPolicy } from '../domain/policy.ts';
import { approvalsOf } from './approvals-of.ts';
import type { Calendars } from './calendar-files.ts';
import { deployedByItself } from './code-policies-of.ts';
import { gatePolicyOf, type WrittenGates } from './gate-policy-of.ts';
import { known } from './known.ts';
import type { PolicyFile } from './policy-file.ts';
import { windowsOf } from './windows-of.ts';

const day = 86_400_000;
const usualConfidence = 0.95;

type Written = PolicyFile['environments'][string];

export function environmentOf(name: string, file: PolicyFile, calendars: Calendars): EnvironmentPolicy {
  const environment = known(file.environments, name);
  const { approvals, windows } = environment;
  const deadMan = deadManOf(environment);
  const triggers = deployedByItself(environment.deploys);
  return {
    name,
    account: known(file.aws, name).account,
    channel: environment.channel,
    branch: environment.deploys.branch,
    regions: environment.regions ?? usedRegions(name, file),
    ...(environment['default service'] !== undefined && { defaultService: environment['default service'] }),
    strategy: environment.strategy,
    gates: gatesIn(name, environment, []),
    standby: environment.standby ?? day,
    checks: environment.checks.flat(),
    ...(triggers !== undefined && { triggers }),
    ...(deadMan !== undefined && { deadMan }),
    ...(approvals !== undefined && { approvals: approvalsOf(approvals) }),
    ...(windows !== undefined && { windows: windowsOf(windows, calendars) }),
  };
}

/** The limits of an environment, changed by what a service says of its own. */
export function gatesIn(name: string, environment: Written, own: readonly WrittenGates[]) {
  const { confidence = usualConfidence } = environment;
  const evidence = environment.evidence ?? (isProduction(name, environment) ? 'traffic' : 'smoke');
  return gatePolicyOf({ evidence, confidence }, [environment, ...own]);
}

/** Whether customers are there. */
export function isProduction(name: string, { production }: Pick<Written, 'production'>): boolean {
  return production ?? name === 'production';
}

function deadManOf({ 'dead man switch': written }: Written): DeadManPolicy | undefined {
  if (written === undefined || written === 'off') return undefined;
  return { after: written.after, role: written.role, otherwise: written['when it cannot be armed'] };
}

function usedRegions(environment: string, file: PolicyFile): string[] {
  const regions = Object.values(file.services).flatMap((service) =>
    Object.keys(service.runs[environment] ?? {}),
  );
  return [...new Set(regions)];
}
