import { defaultSteps } from '../domain/default-steps.ts';
import { UserError } from '../domain/errors.ts';
import type {
  EnvironmentPolicy,
  ServicePolicy,
  ShiftStep,
  StrategyName,
  StrategyPolicy,
} from '../domain/policy.ts';

type Asked = { service: ServicePolicy; environment: EnvironmentPolicy; strategy?: StrategyName };

/**
 * How the service is deployed there: as asked, else as the policy says. Throws a `UserError` where its ECS services do not
 * allow it.
 */
export function strategyOf(asked: Asked): StrategyName {
  const { service, environment } = asked;
  const strategy = asked.strategy ?? policyOf(asked).kind;
  const runs = service.runs[environment.name] ?? [];
  const inColours = runs.filter(({ colours }) => colours !== undefined);
  if (strategy === 'rolling' && inColours.length > 0) {
    throw new UserError(
      `${service.title} in ${environment.name} runs on two ECS services, blue and green, and rolling replaces the tasks of one. Nothing was changed. Deploy it blue-green or canary: leave the word \`rolling\` out, or name one of these two.`,
    );
  }
  if (strategy !== 'rolling' && inColours.length < runs.length) {
    throw new UserError(
      `${service.title} in ${environment.name} runs on one ECS service, and ${strategy} needs two to move traffic between. Nothing was changed. Leave the word \`${strategy}\` out to deploy it rolling, or ask an admin to give it blue and green in forge.yml.`,
    );
  }
  return strategy;
}

/** The steps that the policy has for the strategy; its usual ones where the policy says another strategy. */
export function shiftsOf(asked: Asked, strategy: StrategyName): readonly ShiftStep[] {
  if (strategy === 'rolling') return [];
  const policy = policyOf(asked);
  return policy.kind === strategy ? policy.steps : defaultSteps[strategy];
}

function policyOf({ service, environment }: Asked): StrategyPolicy {
  return service.strategies[environment.name] ?? environment.strategy;
}
