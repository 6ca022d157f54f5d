import { hasEffects } from '../../src/domain/deployment.ts';
import type { DeploymentEvent } from '../../src/domain/events.ts';
import type { CheckResult } from '../check-plan.ts';
import { readAgain } from '../trouble.ts';
import type { World } from '../world.ts';
import { type Context, type NotStarted, type Round, refused } from './round.ts';

type Passed = Extract<CheckResult, { kind: 'passed' }>;

/** A version that no deployment has which exists: to expect it is a conflict. */
const NEVER = 0;

/**
 * Starts it, if all is still as it was found ready. Who asked for one that nobody has waited for is told who was first; all
 * others go another round, where they wait in line.
 */
export async function start(
  context: Context,
  { name, situation }: Round,
  { checked, isOfNow }: { checked: Passed; isOfNow: boolean },
  { store, policy }: World,
): Promise<'started' | 'conflict' | NotStarted> {
  const { isPatient, isRollback, version, start: decision } = situation;
  const despite = decision.kind === 'may' ? decision.despite.map(({ why }) => why) : [];
  // What was found ready before a crash, or under another policy, is looked at again. A rollback is not held up by that.
  const isCurrent = isRollback || (isOfNow && policy.version === situation.policy);
  const readyAt = isPatient ? version : 'any';
  const expect = isCurrent ? readyAt : NEVER;
  const started = await startDeployment(context, name('start'), { checked, expect, despite });
  if (started === 'committed') return 'started';
  if (isPatient) return 'conflict';
  const first = await whoWasFirst(context, name('see who was first'), { place: checked, store });
  if (first === null) return 'conflict';
  return refused(
    `deployment #${first} of ${checked.service} in ${checked.environment} began first. Nothing was changed. When it is done, ask again if you still want to.`,
  );
}

/**
 * Takes the service and starts the run that has effects, in one commit. `expect`: the version everything was found ready at;
 * whatever happened since makes it a conflict. `despite`: what an emergency passes over, in sentences. Idempotent: a deployment starts once.
 */
function startDeployment(
  context: Context,
  name: string,
  { checked, expect, despite }: { checked: Passed; expect: number | 'any'; despite: readonly string[] },
): Promise<'committed' | 'conflict'> {
  const { deployment } = context.input;
  const { service, environment } = checked;
  const checks: DeploymentEvent[] = checked.checks.map((one) => ({ type: 'check-finished', ...one }));
  const passedOver: DeploymentEvent[] =
    despite.length === 0 ? [] : [{ type: 'passed-over', what: [...despite] }];
  return context.commit(name, [
    { kind: 'append', deployment, expect, events: [...checks, ...passedOver, { type: 'started' }] },
    {
      kind: 'start-run',
      id: `deploy/${deployment}`,
      job: 'deploy',
      input: { deployment, service, environment },
      key: `${service}/${environment}`,
    },
    ...checked.uses,
  ]);
}

/** The number of another deployment that has the service; null: none has. */
function whoWasFirst(
  context: Context,
  name: string,
  { place, store }: { place: { service: string; environment: string } } & Pick<World, 'store'>,
): Promise<number | null> {
  const { service, environment } = place;
  return context.operation(
    name,
    async () => (await store.unfinished({ service, environment })).find(hasEffects)?.number ?? null,
    { retry: readAgain },
  );
}
