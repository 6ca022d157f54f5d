import type { Shipment, ShipmentPhase, ShownCheck } from './shipment.ts';
import { isShipped } from './shipment.ts';
import type { RecordedShipmentEvent, ShipmentEvent } from './shipment-event.ts';

type Requested = Extract<ShipmentEvent, { type: 'requested' }>;

/** The shipment after an event. Never refuses; what comes before it was asked for is nothing. */
export function evolveShipment(
  before: Shipment | undefined,
  recorded: RecordedShipmentEvent,
): Shipment | undefined {
  const { event, version, at } = recorded;
  if (event.type === 'requested') return begun(event, recorded);
  if (before === undefined) return undefined;
  const after = { ...before, version, ...(isNews(event) ? { changedAt: at } : {}) };
  const changed = applied(after, event, recorded);
  return isShipped(changed) && changed.endedAt === undefined ? { ...changed, endedAt: at } : changed;
}

export function shipmentOf(events: readonly RecordedShipmentEvent[]): Shipment | undefined {
  let state: Shipment | undefined;
  for (const event of events) state = evolveShipment(state, event);
  return state;
}

/** What Forge notes for itself keeps nothing from being over. */
function isNews({ type }: ShipmentEvent): boolean {
  return type !== 'described' && type !== 'troubled' && type !== 'trouble-over' && type !== 'continued';
}

function begun(event: Requested, { shipment, version, at, by, why }: RecordedShipmentEvent): Shipment {
  const { type: _type, environment, reverts, ...of } = event;
  return {
    ...of,
    ...(environment === undefined ? {} : { environment }),
    ...(reverts === undefined ? {} : { reverts }),
    id: shipment,
    requestedBy: by,
    ...(why === undefined ? {} : { why }),
    ...{ requestedAt: at, changedAt: at, headAt: at, version },
    checks: [],
    phase: { kind: 'checking' },
  };
}

function applied(
  state: Shipment,
  event: Exclude<ShipmentEvent, Requested>,
  { at, by }: RecordedShipmentEvent,
): Shipment {
  switch (event.type) {
    case 'head-moved':
      return anew(state, event.head, at);
    case 'check-started':
      return withCheck(state, { name: event.check, state: 'running', startedAt: at });
    case 'check-waiting':
      return withCheck(state, {
        ...{ name: event.check, state: 'running', startedAt: startOf(state, event.check, at) },
        says: event.says,
        ...(event.more === undefined ? {} : { more: event.more }),
      });
    case 'check-passed':
      return withCheck(state, {
        ...{ name: event.check, state: 'passed', startedAt: startOf(state, event.check, at) },
        ...{ endedAt: at, says: event.says },
      });
    case 'check-failed':
      return {
        ...withCheck(state, failedCheck(event, { startedAt: startOf(state, event.check, at), endedAt: at })),
        phase: { kind: 'blocked', reason: event.says, during: 'checking' },
      };
    case 'checked':
      return inPhase(state, { kind: state.pull === undefined ? 'opening' : 'following' });
    case 'blocked':
      return inPhase(state, { kind: 'blocked', reason: event.reason, during: 'opening' });
    case 'retried':
      return retried(state);
    case 'opened': {
      const { type: _type, ...pull } = event;
      return { ...state, pull: { ...pull, openedAt: at }, phase: { kind: 'following' } };
    }
    case 'seen':
      return { ...state, standing: event.standing };
    case 'described':
      return { ...state, described: event.digest };
    case 'troubled':
      return { ...state, trouble: event.reason };
    case 'trouble-over': {
      const { trouble: _trouble, ...rest } = state;
      return rest;
    }
    case 'continued':
      return { ...state, run: event.run };
    case 'merge-asked': {
      const { mergeRefused: _refused, ...rest } = state;
      return inPhase(rest, { kind: 'merging', head: event.head, by });
    }
    case 'merge-refused':
      return { ...state, mergeRefused: event.reason, phase: { kind: 'following' } };
    case 'merged':
      return merged(state, event, at);
    case 'deployed': {
      const { deployment: number, isByItself } = event;
      return { ...state, deployment: { number, isByItself } };
    }
    case 'not-deployed':
      return { ...state, notDeployed: event.reason };
    case 'cancelled':
      return inPhase(state, { kind: 'cancelled', by });
    case 'refused':
      return inPhase(state, { kind: 'refused', reason: event.reason });
    case 'finished':
    case 'closed':
    case 'branch-gone':
    case 'expired':
      return inPhase(state, { kind: event.type });
  }
}

/** A merge that Forge was asked for is that person’s; one by hand is in the name of who shipped it. */
function merged(
  state: Shipment,
  { commit, byHand }: Extract<ShipmentEvent, { type: 'merged' }>,
  at: number,
): Shipment {
  const by = state.phase.kind === 'merging' ? state.phase.by : state.requestedBy;
  const kept = { commit, by, at, ...(byHand === undefined ? {} : { byHand }) };
  return { ...state, merged: kept, changedAt: at, phase: { kind: 'deploying' } };
}

function anew(state: Shipment, head: string, headAt: number): Shipment {
  const { standing: _standing, mergeRefused: _refused, ...rest } = state;
  return { ...rest, head, headAt, checks: [], phase: { kind: 'checking' } };
}

/** What passed stays passed. */
function retried(state: Shipment): Shipment {
  if (state.phase.kind !== 'blocked') return state;
  const { during } = state.phase;
  const checks = state.checks.filter((check) => check.state === 'passed');
  return { ...state, checks, phase: { kind: during } };
}

function withCheck(state: Shipment, check: ShownCheck): Shipment {
  const others = state.checks.filter(({ name }) => name !== check.name);
  return { ...state, checks: [...others, check] };
}

function failedCheck(
  { check, says, tail, more }: Extract<ShipmentEvent, { type: 'check-failed' }>,
  times: { startedAt: number; endedAt: number },
): ShownCheck {
  return {
    ...{ name: check, state: 'failed', says, ...times },
    ...(tail === undefined ? {} : { tail }),
    ...(more === undefined ? {} : { more }),
  };
}

function startOf({ checks }: Shipment, check: string, otherwise: number): number {
  return checks.find(({ name }) => name === check)?.startedAt ?? otherwise;
}

function inPhase(state: Shipment, phase: ShipmentPhase): Shipment {
  return { ...state, phase };
}
