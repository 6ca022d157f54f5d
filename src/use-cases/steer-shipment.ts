import type { Caller } from '../domain/caller.ts';
import { UserError } from '../domain/errors.ts';
import { isReady, isShipped, type Shipment, shortCommit } from '../domain/shipment.ts';
import type { ShipmentEvent } from '../domain/shipment-event.ts';
import type { Adapters } from './adapters.ts';
import { ringShipment, runOf } from './shipment-run.ts';

type Used = Pick<Adapters, 'store'>;

/** `head`: the commit the person was shown; absent: whatever it is now. */
export type ShipmentSeen = { shipment: string; head?: string };

/** Others write at the same moment: it is decided anew on how things are then. */
const TRIES = 10;

/** Throws a `UserError` when there is none of that id. */
export async function requireShipment(id: string, store: Used['store']): Promise<Shipment> {
  const shipment = await store.shipment(id);
  if (shipment !== undefined) return shipment;
  throw new UserError(`There is no ${id}. Ship a branch with \`/forge ship <branch>\`.`);
}

/** Has exactly the commit that was shown merged. Throws a `UserError` where it may not be now. */
export function askMerge(seen: ShipmentSeen, caller: Caller, adapters: Used): Promise<Shipment> {
  return steer(seen, caller, adapters, (shipment) => {
    refuseOver(shipment);
    if (shipment.phase.kind === 'merging') throw new UserError(`${shipment.id} is being merged already.`);
    refuseMoved(shipment, seen);
    if (!isReady(shipment)) throw new UserError(`${shipment.id} was not merged. ${notReady(shipment)}`);
    return { type: 'merge-asked', head: shipment.head };
  });
}

/** Does again what did not work. Throws a `UserError` where nothing is to be done again. */
export function retryShipment(seen: ShipmentSeen, caller: Caller, adapters: Used): Promise<Shipment> {
  return steer(seen, caller, adapters, (shipment) => {
    refuseOver(shipment);
    refuseMoved(shipment, seen);
    if (shipment.phase.kind !== 'blocked') {
      throw new UserError(
        `Nothing of ${shipment.id} is to be tried again now; its message shows how far it is.`,
      );
    }
    return { type: 'retried' };
  });
}

/** Stops following it; the pull request stays as it is. Throws a `UserError` once it is merged or over. */
export function cancelShipment(
  { shipment: id, why }: { shipment: string; why?: string },
  caller: Caller,
  adapters: Used,
): Promise<Shipment> {
  return steer(
    { shipment: id },
    { ...caller, ...(why === undefined ? {} : { why }) },
    adapters,
    (shipment) => {
      refuseOver(shipment);
      if (shipment.phase.kind === 'merging') {
        throw new UserError(
          `${shipment.id} is being merged at this moment, so it cannot be stopped any more.`,
        );
      }
      return { type: 'cancelled' };
    },
  );
}

async function steer(
  { shipment: id }: ShipmentSeen,
  caller: Caller & { why?: string },
  { store }: Used,
  decide: (shipment: Shipment) => ShipmentEvent,
): Promise<Shipment> {
  const { actor: by, arrival, why } = caller;
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const shipment = await requireShipment(id, store);
    const event = decide(shipment);
    const result = await store.commit([
      {
        ...{ kind: 'append-shipment', shipment: id, expect: shipment.version, events: [event], by },
        ...(why === undefined ? {} : { why }),
      },
      event.type === 'cancelled'
        ? { kind: 'abort-run', run: runOf(shipment), by: by.userId, reason: 'it was cancelled' }
        : ringShipment(shipment, { id: arrival, by: by.userId }),
      { kind: 'finish-arrival', id: arrival, outcome: `${event.type} ${id}` },
    ]);
    if (result !== 'conflict') return requireShipment(id, store);
  }
  throw new Error(`${id} changed ${TRIES} times at the same moment`);
}

function refuseMoved({ id, branch, head }: Shipment, seen: ShipmentSeen): void {
  if (seen.head === undefined || seen.head === head) return;
  throw new UserError(
    `Nothing was done: ${branch} has another commit now than when you looked, \`${shortCommit(head)}\`. The message of ${id} shows how that one is doing.`,
  );
}

function refuseOver(shipment: Shipment): void {
  if (!isShipped(shipment) && shipment.phase.kind !== 'deploying') return;
  throw new UserError(`Nothing was done: ${overWords(shipment)}`);
}

function overWords({ id, merged, deployment, environment }: Shipment): string {
  if (merged === undefined) return `${id} is over. To ship its branch again, type \`/forge ship\`.`;
  if (environment === undefined) return `${id} is merged already.`;
  return deployment === undefined
    ? `${id} is merged already. Once its deployment to ${environment} has begun, \`/forge abort\` stops that.`
    : `${id} is merged already. Deployment #${deployment.number} brings it to ${environment}; while that is under way, \`/forge abort #${deployment.number}\` stops it.`;
}

function notReady({ phase, standing, trouble }: Shipment): string {
  if (trouble !== undefined) return trouble;
  if (phase.kind === 'blocked') return `It is blocked: ${phase.reason}`;
  if (phase.kind !== 'following' || standing === undefined)
    return 'It is not as far as that yet; its message shows what comes next.';
  return standing.lacks.join(' ');
}
