import { GatePolicy } from '../domain/gate-policy.ts';
import type { PassTargets, Triggers } from './gate-settings.ts';

/** Limits as one section of the file writes them. */
export type WrittenGates = { gates?: PassTargets | undefined; 'roll back when'?: Triggers | undefined };

const usualTargets = {
  errors: 0.01,
  '5xx': 0.005,
  p95: 500,
  'active connections': 0.8,
  'database connections': 0.8,
} as const satisfies PassTargets;

const usualTriggers = {
  for: 120_000,
  errors: 0.05,
  '5xx': 0.02,
  p99: 1_000,
  'active connections below': 0.5,
} as const satisfies Triggers;

/** The usual limits, changed by one section after the other. */
export function gatePolicyOf(
  of: Pick<GatePolicy, 'evidence' | 'confidence'>,
  sections: readonly WrittenGates[],
): GatePolicy {
  let targets: PassTargets = usualTargets;
  let triggers: Triggers & { for: number } = usualTriggers;
  for (const { gates, 'roll back when': rollBackWhen } of sections) {
    targets = { ...targets, ...gates };
    triggers = { ...triggers, ...rollBackWhen, for: rollBackWhen?.for ?? triggers.for };
  }
  const { pass, rollBackWhen } = GatePolicy.shape;
  return {
    ...of,
    pass: pass.parse(
      switchedOn({
        errors: targets.errors,
        fiveXx: targets['5xx'],
        p95: targets.p95,
        p99: targets.p99,
        activeConnections: targets['active connections'],
        databaseConnections: targets['database connections'],
      }),
    ),
    rollBackWhen: rollBackWhen.parse(
      switchedOn({
        for: triggers.for,
        errors: triggers.errors,
        fiveXx: triggers['5xx'],
        p99: triggers.p99,
        activeConnectionsBelow: triggers['active connections below'],
      }),
    ),
  };
}

/** Whether anything of it is judged by measurements. */
export function isJudged({ pass, rollBackWhen }: GatePolicy): boolean {
  const { for: _length, ...triggers } = rollBackWhen;
  return Object.keys(pass).length + Object.keys(triggers).length > 0;
}

function switchedOn(limits: Record<string, number | 'off' | undefined>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(limits).filter(([, limit]) => limit !== undefined && limit !== 'off'),
  );
}
