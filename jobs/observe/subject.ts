import type { Plan, Preview, SmokeTest } from '../../src/domain/plan.ts';
import type { Colour, Target } from '../../src/domain/release.ts';
import { type Split, splitTo } from '../../src/domain/traffic.ts';

/** What is observed: a new colour on its way into service. */
export type Subject = {
  deployment: number;
  plan: Plan;
  target: Target;
  /** What people call the service. */
  title: string;
  /** Id of the step it is observed for. */
  step: string;
  /** The new colour. */
  to: Colour;
  /** Its percent of traffic (0-100) while it is observed. */
  weight: number;
};

/** What was live in the region when the deployment was planned, as a split. */
export function plannedSplit({ plan, target, to }: Pick<Subject, 'plan' | 'target' | 'to'>): Split {
  const place = plan.from[target.region]?.place;
  if (place === 'blue' || place === 'green') return splitTo(place, 100);
  return splitTo(to, 0);
}

/** Version that was live in the region. */
export function versionBefore({ plan, target }: Pick<Subject, 'plan' | 'target'>): string {
  return plan.from[target.region]?.version ?? 'what was live before';
}

/** Targets the colour that was live had when it was planned. */
export function wantedTargets({ plan, target }: Pick<Subject, 'plan' | 'target'>): number {
  return Math.max(1, plan.from[target.region]?.desired ?? 1);
}

/** How the region is tried out all the time: as its smoke tests through the preview rule are. Undefined: it has none. */
export function probePlan({ plan, target }: Pick<Subject, 'plan' | 'target'>): ProbePlan | undefined {
  for (const step of plan.steps) {
    if (step.kind !== 'smoke' || step.region !== target.region || step.preview === undefined) continue;
    return { url: step.url, tests: step.tests, preview: step.preview };
  }
  return undefined;
}

export type ProbePlan = { url: string; tests: readonly SmokeTest[]; preview: Preview };
