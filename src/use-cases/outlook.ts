import type { ApprovalNeed } from '../domain/approval.ts';
import type { EnvironmentPolicy, ServicePolicy, ShiftStep, StrategyName } from '../domain/policy.ts';
import { PlatformRefused, PlatformUnavailable } from '../ports/platform.ts';
import { shiftsOf, strategyOf } from '../strategies/strategy-of.ts';
import type { Adapters } from './adapters.ts';
import { type WhenAnswer, whenToDeploy } from './when.ts';

/** A deployment somebody is about to ask for. */
export type Thought = {
  service: ServicePolicy;
  environment: EnvironmentPolicy;
  /** Absent: the policy's. */
  strategy?: StrategyName;
  /** Milliseconds since the epoch. Absent: now. */
  at?: number;
  /** Slack id of the person who thinks of it. */
  by: string;
};

/** What a deployment would be like, before anybody asks for it. Nothing of it is promised. */
export type Outlook = {
  /** Versions, newest first. Absent: the registry did not say. */
  releases?: string[];
  strategy: StrategyName;
  /** How traffic would move; none where it does not. */
  shifts: readonly ShiftStep[];
  when: WhenAnswer;
  /** Whose approval it would need; none: nobody's. */
  approvals: readonly ApprovalNeed[];
};

/** Releases somebody chooses among at a glance. */
const MOST_RELEASES = 5;
/** A form that is open waits no longer for the registry. Milliseconds. */
const PATIENCE = 3_000;

/** Throws a `UserError` where the service cannot be deployed that way. */
export async function outlook(
  thought: Thought,
  adapters: Pick<Adapters, 'policy' | 'store' | 'clock' | 'sourceControl'>,
): Promise<Outlook> {
  const strategy = strategyOf(thought);
  const [releases, when] = await Promise.all([
    releasesOf(thought, adapters.sourceControl),
    whenToDeploy(thought, adapters),
  ]);
  return {
    ...(releases === undefined ? {} : { releases }),
    ...{ strategy, shifts: shiftsOf(thought, strategy), when },
    approvals: thought.environment.approvals?.needs ?? [],
  };
}

async function releasesOf(
  { service, environment }: Thought,
  sourceControl: Adapters['sourceControl'],
): Promise<string[] | undefined> {
  const request = { service: service.name, environment: environment.name, limit: MOST_RELEASES };
  try {
    const releases = await sourceControl.recent(request, { signal: AbortSignal.timeout(PATIENCE) });
    return releases.map(({ version }) => version);
  } catch (error) {
    // The form is of use without them, and says that they are not known.
    if (error instanceof PlatformUnavailable || error instanceof PlatformRefused) return undefined;
    throw error;
  }
}
