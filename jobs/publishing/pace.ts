import type { Deployment } from '../../src/domain/deployment.ts';
import { createEditBudget } from './edit-budget.ts';

/** What this process knows of what Slack shows, and when it may be touched again. Forgotten with the process, which harms nothing. */
export function createPace() {
  const shown = new Map<number, { version: number; refreshAt: number | undefined }>();
  return {
    /** When the message of a deployment under way may be touched again, in milliseconds since the epoch. */
    nextEdit: new Map<number, number>(),
    /** When a deployment whose publishing failed is tried again, in milliseconds since the epoch. */
    afterFault: new Map<number, number>(),
    budget: createEditBudget(),
    show(deployment: Deployment, refreshAt: number | undefined): void {
      shown.set(deployment.number, { version: deployment.version, refreshAt });
    },
    forget(deployment: Deployment): void {
      shown.delete(deployment.number);
    },
    /** Whether the message is known to show the deployment as it is. `now` in milliseconds since the epoch. */
    isShown({ number, version }: Deployment, now: number): boolean {
      const last = shown.get(number);
      if (last?.version !== version) return false;
      return last.refreshAt === undefined || last.refreshAt > now;
    },
  };
}

export type Pace = ReturnType<typeof createPace>;
