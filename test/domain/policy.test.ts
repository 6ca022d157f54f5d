import { describe, expect, it } from 'vitest';
import { environmentNamed, serviceNamed, servicesIn } from '../../src/domain/policy.ts';
import { aPolicy, aRun, aServicePolicy } from '../builders.ts';

const worker = aServicePolicy({ name: 'worker', runs: { staging: [aRun()] } });
const policy = aPolicy({ services: [aServicePolicy(), worker] });

describe('a policy', () => {
  it('gives a service by its name', () => {
    expect(serviceNamed(policy, 'worker')).toBe(worker);
    expect(serviceNamed(policy, 'wrker')).toBeUndefined();
  });

  it('gives an environment by its name', () => {
    expect(environmentNamed(policy, 'production')?.name).toBe('production');
    expect(environmentNamed(policy, 'Production')).toBeUndefined();
  });

  it('knows the services that run in an environment', () => {
    expect(servicesIn(policy, 'staging')).toEqual([worker]);
    expect(servicesIn(policy, 'nowhere')).toEqual([]);
  });
});
