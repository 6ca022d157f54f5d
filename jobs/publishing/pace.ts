import { type Deployment, isFinished } from '../../src/domain/deployment.ts';
import { createEditBudget } from './edit-budget.ts';

type Shown = { deployment: Deployment; refreshAt: number | undefined };

/** What an edit would tell people, the most urgent first: the end, a question, another phase, a step, only the time. */
export const NEWS = ['final', 'question', 'phase', 'progress', 'clock'] as const;
export type News = (typeof NEWS)[number];

/** What this process knows of what Slack shows, and when it may be touched again. Forgotten with the process, which harms nothing. */
export function createPace() {
  const shown = new Map<number, Shown>();
  return {
    /** When the message of a deployment under way may be touched again, in milliseconds since the epoch. */
    nextEdit: new Map<number, number>(),
    /** When a deployment whose publishing failed is tried again, in milliseconds since the epoch. */
    afterFault: new Map<number, number>(),
    budget: createEditBudget(),
    show(deployment: Deployment, refreshAt: number | undefined): void {
      shown.set(deployment.number, { deployment, refreshAt });
    },
    forget(deployment: Deployment): void {
      shown.delete(deployment.number);
    },
    /** Whether the message is known to show the deployment as it is. `now` in milliseconds since the epoch. */
    isShown({ number, version }: Deployment, now: number): boolean {
      const last = shown.get(number);
      if (last?.deployment.version !== version) return false;
      return last.refreshAt === undefined || last.refreshAt > now;
    },
    newsOf(deployment: Deployment): News {
      if (isFinished(deployment)) return 'final';
      const last = shown.get(deployment.number)?.deployment;
      if (last?.version === deployment.version) return 'clock';
      if (deployment.phase.kind === 'held') return 'question';
      return last?.phase.kind === deployment.phase.kind ? 'progress' : 'phase';
    },
    /** Finished deployments other than these will not be touched again. */
    forgetFinished(except: ReadonlySet<number>): void {
      for (const [number, { deployment }] of shown) {
        if (isFinished(deployment) && !except.has(number)) shown.delete(number);
      }
    },
  };
}

export type Pace = ReturnType<typeof createPace>;
