import type { HomeView } from '@slack/types';
import type { ServiceStatus } from '../../src/use-cases/status.ts';
import { type HomeContent, homeView } from '../../views/home.ts';
import { aMoment, aPeoplePolicy } from '../builders.ts';

/** The Home of somebody for whom nothing waits, where these services run. */
export function aHome(
  statuses: readonly ServiceStatus[],
  change: Partial<Omit<HomeContent, 'board'>> = {},
): HomeView {
  return homeView({
    ...{ board: { statuses, at: aMoment }, page: 0, now: aMoment, people: aPeoplePolicy() },
    ...{ underWay: [], votes: [], consents: [], scheduled: [], recurring: [], freezes: [], locks: [] },
    holds: [],
    titleOf: (service) => service,
    ...change,
  });
}
