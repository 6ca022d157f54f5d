import { UserError } from '../src/domain/errors.ts';
import { nearest } from '../src/domain/nearest.ts';
import {
  type EnvironmentPolicy,
  environmentNamed,
  type Policy,
  type ServicePolicy,
  serviceNamed,
  servicesIn,
} from '../src/domain/policy.ts';

/** The service and environment of a request. Throws a `UserError` when the service does not run there. */
export function placeNamed(
  policy: Policy,
  names: { service: string; environment: string },
): { service: ServicePolicy; environment: EnvironmentPolicy } {
  const service = serviceNamed(policy, names.service);
  const environment = environmentNamed(policy, names.environment);
  if (service === undefined) throw new UserError(unknownName('service', names.service, policy));
  if (environment === undefined) throw new UserError(unknownName('environment', names.environment, policy));
  if (service.runs[environment.name] === undefined) {
    const where = Object.keys(service.runs).join(', ');
    throw new UserError(`${service.title} does not run in ${environment.name}. It runs in: ${where}.`);
  }
  return { service, environment };
}

function unknownName(kind: 'service' | 'environment', name: string, policy: Policy): string {
  const known = (kind === 'service' ? policy.services : policy.environments).map((one) => one.name);
  const meant = nearest(name, known);
  const hint = meant === undefined ? `Known are ${known.join(', ')}.` : `Did you mean \`${meant}\`?`;
  return `There is no ${kind} called “${name}”. ${hint}`;
}

/** The service somebody means who named none: the environment's default or only one. Undefined where that would be a guess. */
export function impliedService(policy: Policy, environment: string): string | undefined {
  const named = environmentNamed(policy, environment)?.defaultService;
  if (named !== undefined) return named;
  const services = servicesIn(policy, environment);
  return services.length === 1 ? services[0]?.name : undefined;
}

/** The nearest known service or environment to a word nobody knows. */
export function meantWord(policy: Policy, word: string): string | undefined {
  const known = [...policy.services, ...policy.environments].map(({ name }) => name);
  return nearest(word, known);
}
