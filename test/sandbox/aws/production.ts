import { type Seed, type SeedService, sandboxSeed } from '../../../sandbox/aws/seed.ts';
import { production } from '../../../sandbox/aws/seed-production.ts';

/** The sandbox's production alone, with what a test says of its green colour. */
export function productionSeed(green: Partial<Pick<SeedService, 'version' | 'desiredCount'>> = {}): Seed {
  const seed = sandboxSeed();
  const services = seed.services
    .filter(({ account }) => account === production.account)
    .map((service) => ({
      ...service,
      healthCheckGracePeriodSeconds: 300,
      ...(service.colour === 'green' ? green : {}),
    }));
  const loadBalancers = seed.loadBalancers.filter(({ account }) => account === production.account);
  return { ...seed, account: production.account, services, loadBalancers };
}
