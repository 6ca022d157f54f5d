import { highestShareIn, meanIn } from './baseline.ts';
import { sizeOf } from './buckets.ts';
import { isDoubtful } from './doubt.ts';
import { type Look, unreadable } from './look.ts';
import type { GateReading } from './reading.ts';
import { standingOf } from './standing.ts';
import { inPercent } from './words.ts';

/**
 * Whether active connections of the whole load balancer are at least a share (0 to 1) of those before the first shift.
 * Undefined where there were none. How many clients keep open is their own affair and belongs to no colour: fewer of them
 * alone are no fault of a release that is healthy and answers as many requests.
 */
export function activeConnectionsPass(
  limit: number,
  { measurements, policy, grid }: Look,
): GateReading | undefined {
  const { baseline, balancer } = measurements;
  if (baseline?.activeConnectionsPerBucket === 0) return undefined;
  const allowance = { gate: 'active-connections', limit, unit: 'share', bound: 'at-least' } as const;
  const unproven = policy.evidence === 'smoke' ? 'passed' : 'inconclusive';
  if (baseline === undefined) {
    return {
      ...allowance,
      kind: unproven,
      words: 'It is not known how many active connections there were before.',
    };
  }
  if (sizeOf(grid) === 0) return { ...allowance, kind: unproven, words: 'Nothing measured yet.' };
  const value = meanIn(grid, balancer.activeConnections) / baseline.activeConnectionsPerBucket;
  const reading = { ...allowance, value, at: (grid.last + 1) * grid.periodMs };
  const there = `Active connections are at ${inPercent(value, limit)} of what they were before`;
  const asked = `at least ${inPercent(limit)} are asked`;
  if (value >= limit) return { ...reading, kind: 'passed', words: `${there}; ${asked}.` };
  if (isDoubtful(measurements)) return { ...reading, kind: 'failed', words: `${there}; ${asked}.` };
  if (meanIn(grid, balancer.requests) < limit * baseline.requestsPerBucket) {
    const words = `${there}, but so are requests, and the new release is healthy: this may be a quiet hour.`;
    return { ...reading, kind: unproven, words };
  }
  const words = `${there}, and as many requests are answered as before by a healthy release: clients keep fewer of them open.`;
  return { ...reading, kind: 'passed', isRelative: true, words };
}

/** Whether the database has connections to spare at the end of the bake, when both colours hold theirs. Undefined without one. */
export function databaseConnectionsPass(
  limit: number,
  { measurements, policy, grid }: Look,
): GateReading | undefined {
  const { database, baseline, unread } = measurements;
  if (database === undefined) return undefined;
  const allowance = { gate: 'database-connections', limit, unit: 'share', bound: 'below' } as const;
  if (unread?.database !== undefined) return unreadable(allowance, unread.database);
  const recent = Math.max(2, Math.ceil(policy.rollBackWhen.for / grid.periodMs));
  const value = highestShareIn({ ...grid, first: Math.max(grid.first, grid.last - recent + 1) }, database);
  if (value === undefined)
    return { ...allowance, kind: 'inconclusive', words: 'Database connections were not measured.' };
  const reading = { ...allowance, value, at: (grid.last + 1) * grid.periodMs };
  const words = `${inPercent(value, limit)} of the database's ${database.max} connections are in use`;
  switch (standingOf(value, { limit, bound: 'below' }, { before: baseline?.databaseConnections })) {
    case 'within':
      return { ...reading, kind: 'passed', words: `${words}; less than ${inPercent(limit)} may be.` };
    case 'no-worse':
      return {
        ...reading,
        kind: 'passed',
        isRelative: true,
        words: `${words}: too many, but no more than before this deployment.`,
      };
    case 'over':
    case 'near':
    case 'shared':
      return { ...reading, kind: 'failed', words: `${words}; less than ${inPercent(limit)} may be.` };
  }
}
