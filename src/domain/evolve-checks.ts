import type { PlannedCheck } from './check.ts';
import type { CheckEvent } from './check-event.ts';
import type { CheckState, Deployment } from './deployment.ts';
import type { RecordedEvent } from './events.ts';

/** The part of `evolve` about the checks of the policy. */
export function checksChanged(state: Deployment, recorded: RecordedEvent, event: CheckEvent): Deployment {
  switch (event.type) {
    case 'checks-planned':
      return { ...state, checkStates: planned(event.checks, state.checkStates) };
    case 'check-started':
      return { ...withCheck(state, event.name, started(recorded.at)), phase: { kind: 'checking' } };
    case 'check-failed':
      return otherMeaning({
        ...withCheck(state, event.name, failed(event, recorded.at)),
        phase: { kind: 'checking' },
      });
    case 'check-reminded':
      return reminded(state, recorded.at);
    case 'check-retried':
      return otherMeaning(withCheck(state, event.name, started(recorded.at)));
    case 'check-overridden':
      return otherMeaning(withCheck(state, event.name, overridden(recorded)));
    case 'check-waiting':
    case 'check-passed':
    case 'box-ticked':
      return withCheck(state, event.name, looked(event, recorded));
  }
}

/** A button that was there before means something else, or nothing, from now on. */
function otherMeaning(state: Deployment): Deployment {
  return { ...state, generation: state.generation + 1 };
}

/** What was found for a check counts for as long as the policy asks for the same. */
function planned(checks: readonly PlannedCheck[], before: readonly CheckState[]): CheckState[] {
  return checks.map((check) => {
    const known = before.find(({ name, of }) => name === check.name && of === check.of);
    return known ?? { ...check, state: 'to-do' };
  });
}

type Change = (check: CheckState) => CheckState;

function withCheck(state: Deployment, name: string, change: Change): Deployment {
  const checkStates = state.checkStates.map((check) => (check.name === name ? change(check) : check));
  return { ...state, checkStates };
}

function started(at: number): Change {
  return (check) => ({ ...plannedOf(check), state: 'running', startedAt: at });
}

function looked(
  event: Extract<CheckEvent, { type: 'check-waiting' | 'check-passed' | 'box-ticked' }>,
  { by, at }: RecordedEvent,
): Change {
  return (check) => {
    const known = plannedOf(check);
    const startedAt = startOf(check, at);
    switch (event.type) {
      case 'check-waiting': {
        const { says, more } = event;
        return { ...known, state: 'running', startedAt, says, ...(more === undefined ? {} : { more }) };
      }
      case 'check-passed':
        return { ...known, state: 'passed', startedAt, endedAt: at, detail: event.detail };
      case 'box-ticked':
        return event.of === check.of ? { ...known, state: 'ticked', endedAt: at, by } : check;
    }
  };
}

function failed(event: Extract<CheckEvent, { type: 'check-failed' }>, at: number): Change {
  const { type: _failed, name: _named, verdict, ...found } = event;
  return (check) => ({
    ...plannedOf(check),
    ...found,
    state: verdict,
    startedAt: startOf(check, at),
    endedAt: at,
  });
}

function overridden({ by, at, why }: RecordedEvent): Change {
  return (check) => ({
    ...plannedOf(check),
    ...{ state: 'overridden', by, endedAt: at, startedAt: startOf(check, at) },
    says: check.state === 'failed' || check.state === 'unknown' ? check.says : '',
    ...(why === undefined ? {} : { why }),
  });
}

/** What failed and nobody has done anything about: a check, or the build. */
function reminded(state: Deployment, at: number): Deployment {
  const checkStates = state.checkStates.map((check) =>
    check.state === 'failed' || check.state === 'unknown' ? { ...check, remindedAt: at } : check,
  );
  const { build } = state;
  if (build?.state !== 'failed') return { ...state, checkStates };
  return { ...state, checkStates, build: { ...build, remindedAt: at } };
}

function startOf(check: CheckState, at: number): number {
  return check.state === 'to-do' || check.state === 'ticked' ? at : check.startedAt;
}

/** What the policy says of it, without how it went. */
function plannedOf({ name, kind, of, box }: CheckState): PlannedCheck {
  return { name, kind, of, ...(box === undefined ? {} : { box }) };
}
