import type { Deployment } from '../../src/domain/deployment.ts';
import { NotEligible, PlaceBusy, UserError } from '../../src/domain/errors.ts';
import { environmentNamed } from '../../src/domain/policy.ts';
import { shortCommit } from '../../src/domain/shipment.ts';
import { requestDeployment } from '../../src/use-cases/request-deployment.ts';
import { requireStillMay } from '../../src/use-cases/require-still-may.ts';
import { deploymentOf, isTriggered, type MergedInto } from './deployment-of.ts';
import { later, type Next, next, pauseOf, type Turn } from './turn.ts';

/** A trigger that has not asked for it by then will not. Milliseconds. */
const TRIGGER_WITHIN = 90_000;
const IMAGE_AWAITED =
  'Its image is not built yet. It is deployed as soon as it is there; nobody has to do anything.';
/** An image that somebody else builds is there by then, or somebody has to look. Milliseconds. */
const IMAGE_WITHIN = 60 * 60_000;

/** Has exactly what was merged deployed, once: what a trigger asks for is followed, not asked for again. */
export async function deploy(turn: Turn): Promise<Next> {
  const { shipment, service, world } = turn;
  const { merged, environment: name } = shipment;
  if (merged === undefined) throw new Error(`${shipment.id} is to be deployed and was not merged`);
  if (name === undefined) return next({ type: 'finished' });
  const environment = environmentNamed(world.policy, name);
  if (environment === undefined || service.runs[name] === undefined) {
    return notDeployed(
      `forge.yml does not let ${shipment.service} run in ${name} any more. Its admin can put that back.`,
    );
  }
  const place = { environment, commit: merged.commit, mergedAt: merged.at };
  const there = await deploymentOf(turn, place);
  if (there !== undefined) return deployed(there);
  const now = world.clock.now();
  if (now < place.mergedAt + TRIGGER_WITHIN && (await isTriggered(turn, place)))
    return later(pauseOf(shipment, now));
  return asked(turn, place);
}

async function asked(turn: Turn, place: MergedInto): Promise<Next> {
  const { shipment, service, world } = turn;
  const { environment, commit: ref } = place;
  const actor = shipment.merged?.by ?? shipment.requestedBy;
  if (actor.kind !== 'person')
    return notDeployed('Nobody of this workspace asked for it, and it is deployed in somebody’s name only.');
  const caller = { actor, arrival: `ship/${shipment.id}/deploy` };
  const why = `Shipped as ${shipment.id}${shipment.why === undefined ? '' : `: ${shipment.why}`}`;
  try {
    const needed = { act: 'deploy' as const, service: service.name, environment: environment.name };
    await requireStillMay(actor.userId, needed, world);
    if (await isImageAwaited(turn, place)) return waits(turn, IMAGE_AWAITED);
    const outcome = await requestDeployment({ service, environment, ref, why }, caller, world);
    if (outcome.kind === 'repeated') return repeated(turn, caller.arrival);
    if (outcome.kind === 'ambiguous')
      return notDeployed(`${shortCommit(ref)} means more than one release. Name one of them by its version.`);
    return next(
      { type: 'deployed', deployment: outcome.deployment, isByItself: false },
      { type: 'finished' },
    );
  } catch (error) {
    if (error instanceof PlaceBusy)
      return waits(turn, `Something else is under way in ${environment.name}; this is deployed after it.`);
    if (error instanceof NotEligible)
      return notDeployed(`It was to be deployed in somebody’s name: ${error.message}`);
    if (error instanceof UserError) return notDeployed(error.message);
    throw error;
  }
}

/** Who has no build of Forge’s own has the image built by what GitHub starts for the merge. */
async function isImageAwaited(
  turn: Turn,
  { environment, commit: ref, mergedAt }: MergedInto,
): Promise<boolean> {
  const { service, world, signal } = turn;
  if (service.build !== undefined || world.clock.now() > mergedAt + IMAGE_WITHIN) return false;
  const request = { service: service.name, environment: environment.name, ref };
  const { kind } = await world.sourceControl.resolve(request, { signal });
  return kind === 'unknown' || kind === 'missing';
}

/** It was asked for, and is over by now: the asking is the first event of a deployment. */
async function repeated({ service, world }: Turn, cause: string): Promise<Next> {
  const all = await world.store.history({ service: service.name, limit: 100 });
  for (const { number } of all) {
    const [first] = await world.store.events(number);
    if (first?.cause === cause)
      return next({ type: 'deployed', deployment: number, isByItself: false }, { type: 'finished' });
  }
  return notDeployed(
    `It was asked for, and nobody knows as which deployment any more. \`/forge history\` shows whether it came about.`,
  );
}

function deployed({ number, requestedBy }: Deployment): Next {
  const isByItself = requestedBy.kind === 'trigger';
  return next({ type: 'deployed', deployment: number, isByItself }, { type: 'finished' });
}

function waits({ shipment, world }: Turn, reason: string): Next {
  return { ...later(pauseOf(shipment, world.clock.now())), trouble: reason };
}

function notDeployed(reason: string): Next {
  return next({ type: 'not-deployed', reason }, { type: 'finished' });
}
