import type { ShiftStep, StrategyPolicy } from '../domain/policy.ts';
import type { PolicyFile } from './policy-file.ts';
import type { Path } from './problem.ts';

/** A service in an environment, as the file has them. */
export type FilePlace = {
  service: string;
  environment: string;
  ofService: PolicyFile['services'][string];
  ofEnvironment: PolicyFile['environments'][string];
  /** How it is deployed there: by the service's own strategy, else by the environment's. */
  strategy: StrategyPolicy;
  runs: PolicyFile['services'][string]['runs'][string];
};

/** Every service in every environment it runs in; those in an environment that is not there are left out. */
export function placesOf({ services, environments }: PolicyFile): FilePlace[] {
  return Object.entries(services).flatMap(([service, ofService]) =>
    Object.entries(ofService.runs).flatMap(([environment, runs]) => {
      const ofEnvironment = environments[environment];
      if (ofEnvironment === undefined) return [];
      const strategy = ofService.strategies[environment] ?? ofEnvironment.strategy;
      return [{ service, environment, ofService, ofEnvironment, strategy, runs }];
    }),
  );
}

export function movesTraffic({ strategy }: Pick<FilePlace, 'strategy'>): boolean {
  return strategy.kind !== 'rolling';
}

/** Every list of steps in the file, with its place there; the usual steps have the place of the strategy's name. */
export function stepsIn({ services, environments }: PolicyFile): StepsAt[] {
  const found = Object.entries(environments).flatMap(([name, { strategy }]) =>
    stepsAt(strategy, name, ['environments', name, 'strategy']),
  );
  for (const [service, { strategies }] of Object.entries(services)) {
    for (const [name, strategy] of Object.entries(strategies)) {
      found.push(...stepsAt(strategy, name, ['services', service, 'strategies', name]));
    }
  }
  return found;
}

export type StepsAt = { environment: string; steps: readonly ShiftStep[]; path: Path };

function stepsAt(strategy: StrategyPolicy, environment: string, path: Path): StepsAt[] {
  if (strategy.kind === 'rolling') return [];
  return [{ environment, steps: strategy.steps, path: [...path, strategy.kind] }];
}
