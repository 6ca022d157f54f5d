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
import type { Issue } from './command.ts';
import { shown } from './shown.ts';

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
    throw new UserError(
      `${service.title} does not run in ${environment.name}. It runs in: ${where}. Nothing was done.`,
    );
  }
  return { service, environment };
}

/** The same for a form: what does not go together, to be shown under the environment. */
export function placeMisfit(
  policy: Policy,
  names: { service: string; environment: string },
): Issue | undefined {
  try {
    placeNamed(policy, names);
    return undefined;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { field: 'environment', message: error.message };
  }
}

function unknownName(kind: 'service' | 'environment', name: string, policy: Policy): string {
  const known = (kind === 'service' ? policy.services : policy.environments).map((one) => one.name);
  const meant = nearest(name, known);
  const hint = meant === undefined ? `Known are ${known.join(', ')}.` : `Did you mean \`${meant}\`?`;
  return `There is no ${kind} called “${shown(name)}”. ${hint} Nothing was done.`;
}

/** Throws a `UserError` for a word that reads like a misspelt service or environment. A suggestion is said, never carried out. */
export function refuseMisspelt(words: readonly string[], policy: Policy): void {
  for (const word of words) {
    const meant = meantWord(policy, word);
    if (meant === undefined) continue;
    throw new UserError(
      `There is no service or environment called “${shown(word)}”. Did you mean \`${meant}\`? Nothing was done.`,
    );
  }
}

/** Says that no environment has this name, and which there are; in plain text. */
export function unknownEnvironment(word: string, { environments }: Policy): string {
  const known = environments.map(({ name }) => name).join(', ');
  return `There is no environment called ${shown(word)}. Known: ${known}.`;
}

/** Whether a word nobody knows is a release rather than a name: it has a digit, or is the branch of an environment. */
export function looksLikeRelease(word: string, { environments }: Policy): boolean {
  return /\d/u.test(word) || environments.some(({ branch }) => branch === word);
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

/** A service and an environment it runs in, for examples people may copy. */
export function examplePlace({ services, environments }: Policy): string {
  const [environment] = environments;
  const service = services.find(({ runs }) => environment !== undefined && runs[environment.name]);
  return `${service?.name ?? services[0]?.name ?? 'api'} ${environment?.name ?? 'staging'}`;
}
