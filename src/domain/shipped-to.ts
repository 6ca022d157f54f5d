import type { EnvironmentPolicy, Policy, ServicePolicy } from './policy.ts';

/** Where a service is deployed once its branch is merged; undefined: nowhere. */
export function shippedTo(
  { github, environments }: Policy,
  { runs }: Pick<ServicePolicy, 'runs'>,
): EnvironmentPolicy | undefined {
  if (github === undefined) return undefined;
  const { base, then } = github.ship;
  const here = environments.filter(({ name }) => runs[name] !== undefined);
  return here.find(({ name, branch }) => (then === undefined ? branch === base : name === then));
}
