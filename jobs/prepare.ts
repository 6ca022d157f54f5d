import { hasEffects } from '../src/domain/deployment.ts';
import { messageOf } from '../src/domain/errors.ts';
import type { DeploymentEvent } from '../src/domain/events.ts';
import { type CheckResult, checkPlan } from './check-plan.ts';
import { endDeployment } from './end-deployment.ts';
import { AbortRequested, type JobContext } from './engine/engine.ts';
import { type Outcome, platformCall } from './platform-call.ts';
import { createTeller, pause, readAgain } from './trouble.ts';
import type { World } from './world.ts';

export type PrepareInput = { deployment: number };

/**
 * Checks a requested deployment and starts it. It holds nothing: the service is taken in the same commit that starts
 * the run which has effects. Whatever goes wrong here ends the deployment with nothing changed.
 */
export async function prepare(context: JobContext<PrepareInput>, world: World): Promise<void> {
  const { deployment } = context.input;
  try {
    const reason = await startOrReason(context, world);
    if (reason !== undefined)
      await endDeployment(context, deployment, { type: 'refused', reason }, world.store);
  } catch (error) {
    const event: DeploymentEvent & { type: 'aborted' | 'refused' } =
      error instanceof AbortRequested
        ? { type: 'aborted' }
        : {
            type: 'refused',
            reason: `Forge itself had a problem: ${messageOf(error)}. Nothing was changed; try again.`,
          };
    await context.shield(() => endDeployment(context, deployment, event, world.store));
  }
}

async function startOrReason(context: JobContext<PrepareInput>, world: World): Promise<string | undefined> {
  const { deployment } = context.input;
  await context.commit('begin checks', [
    { kind: 'append', deployment, expect: 'any', events: [{ type: 'checking' }] },
  ]);
  const checked = await check(context, world);
  if (checked.kind === 'silent') {
    return `AWS does not answer, so Forge cannot tell what is live: ${checked.reason} Nothing was changed; try again later.`;
  }
  if (checked.kind === 'refused') return `${checked.reason} Nothing was changed.`;
  if (checked.value.kind === 'failed') return checked.value.reason;
  return startDeployment(context, checked.value, world);
}

/** Silence ends the checks of a deployment; those of a rollback go on until AWS answers or a person aborts it. */
async function check(context: JobContext<PrepareInput>, world: World): Promise<Outcome<CheckResult>> {
  const { deployment } = context.input;
  const tell = createTeller(context, async (name, reason) => {
    await context.commit(name, [
      { kind: 'append', deployment, expect: 'any', events: [{ type: 'blocked', reason }] },
    ]);
  });
  const readKind = async () => (await world.store.deployment(deployment))?.undoes !== undefined;
  for (let round = 1; ; round += 1) {
    const name = round === 1 ? 'check the plan' : `check the plan (round ${round})`;
    const checked = await platformCall<CheckResult>(
      context,
      name,
      (reached, signal) => checkPlan(deployment, reached, signal),
      world,
    );
    if (checked.kind !== 'silent') return checked;
    const isRollback = await context.operation(`${name}: rollback?`, readKind, { retry: readAgain });
    if (!isRollback) return checked;
    await tell(`${name}: blocked`, `AWS does not answer: ${checked.reason}`);
    await pause(context, { name: `${name}: pause`, round, deployment }, world);
  }
}

async function startDeployment(
  context: JobContext<PrepareInput>,
  checked: Extract<CheckResult, { kind: 'passed' }>,
  { store }: World,
): Promise<string | undefined> {
  const { deployment } = context.input;
  const { service, environment } = checked;
  const checks: DeploymentEvent[] = checked.checks.map((check) => ({ type: 'check-finished', ...check }));
  const result = await context.commit('start', [
    { kind: 'append', deployment, expect: 'any', events: [...checks, { type: 'started' }] },
    {
      kind: 'start-run',
      id: `deploy/${deployment}`,
      job: 'deploy',
      input: { deployment, service, environment },
      key: `${service}/${environment}`,
    },
    ...checked.uses,
  ]);
  if (result === 'committed') return undefined;
  const first = await context.operation(
    'see who was first',
    async () => {
      const others = await store.unfinished({ service, environment });
      return others.find(hasEffects)?.number ?? null;
    },
    { retry: readAgain },
  );
  const other = first === null ? 'another deployment' : `deployment #${first}`;
  return `${other} of ${service} in ${environment} began first. Nothing was changed. When it is done, ask again if you still want to.`;
}
