import { type Deployment, isFinished } from '../../src/domain/deployment.ts';
import { createEditBudget } from './edit-budget.ts';
import { createPostBudget } from './post-budget.ts';

type Shown = { deployment: Deployment; at: number; refreshAt: number | undefined };

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
    /** Deployments as they were read last: what waits for Slack's limits is not read again and again. */
    lastRead: new Map<number, Deployment>(),
    /** Version up to which posts are kept for the thread, by deployment. */
    keptLines: new Map<number, number>(),
    /** The event that asks for approval whose direct messages are all kept, by deployment. */
    approversKept: new Map<number, number>(),
    /** The same of the event since which consent is wanted. */
    consentersKept: new Map<number, number>(),
    /** Deployments with something left to post. */
    unposted: new Set<number>(),
    /** There was no room for an end: later ones of the same look must not overtake it. */
    isEndWaiting: false,
    edits: createEditBudget(),
    posts: createPostBudget(),
    show(deployment: Deployment, { at, refreshAt }: Omit<Shown, 'deployment'>): void {
      shown.set(deployment.number, { deployment, at, refreshAt });
    },
    forget(deployment: Deployment): void {
      shown.delete(deployment.number);
    },
    /** What the message is known to show, and since when. */
    lastShown: ({ number }: Deployment): Shown | undefined => shown.get(number),
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
    /** How many deployments are known to be under way. */
    countRunning(): number {
      let running = 0;
      for (const { deployment } of shown.values()) if (!isFinished(deployment)) running += 1;
      return running;
    },
    /** Finished deployments other than these will not be touched again. */
    forgetFinished(except: ReadonlySet<number>): void {
      for (const [number, { deployment }] of shown) {
        if (!isFinished(deployment) || except.has(number)) continue;
        shown.delete(number);
        this.lastRead.delete(number);
        this.keptLines.delete(number);
        this.approversKept.delete(number);
        this.consentersKept.delete(number);
        this.unposted.delete(number);
      }
    },
  };
}

export type Pace = ReturnType<typeof createPace>;
