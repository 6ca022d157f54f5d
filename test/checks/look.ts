import type { CheckAdapters, CheckSubject } from '../../src/checks/check-look.ts';
import { lookAt } from '../../src/checks/index.ts';
import type { CheckPolicy, CheckVerdict } from '../../src/domain/check.ts';
import type { Deployment } from '../../src/domain/deployment.ts';
import { anEnvironmentPolicy, aRegion, aRelease, aRun, aServicePolicy } from '../builders.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { FakeCodeHost } from '../fakes/code-host.ts';
import { createFakeCommandRunner } from '../fakes/command-runner.ts';
import { FakeSourceControl } from '../fakes/source-control.ts';

export const aSecondRegion = 'us-east-1';
/** Of the first release, which is known to the registry of both regions. */
export const aCommit = 'c0ffee'.padEnd(40, '0');
const digest = `sha256:${'1'.repeat(64)}`;

/** Everything a check may look at, where nothing is wrong. */
export function aWorld() {
  const codeHost = new FakeCodeHost();
  const runner = createFakeCommandRunner();
  const clock = createFakeClock();
  const sourceControl = new FakeSourceControl([
    {
      release: aRelease({ commit: aCommit, digests: { [aRegion]: digest, [aSecondRegion]: digest } }),
      branch: 'main',
    },
  ]);
  const succeeded: Deployment[] = [];
  const adapters: CheckAdapters = {
    ...{ codeHost, runner, sourceControl, clock },
    store: {
      succeeded: async (place) =>
        succeeded.filter(
          ({ service, environment }) => service === place.service && environment === place.environment,
        ),
    },
  };
  return {
    codeHost,
    repository: codeHost.repository('acme/checkout'),
    runner,
    clock,
    sourceControl,
    succeeded,
    adapters,
  };
}

/** A release of the checkout service on its way to production in two regions. */
export function aSubject(change: Partial<CheckSubject> = {}): CheckSubject {
  return {
    service: aServicePolicy({ runs: { production: [aRun(), aRun({ region: aSecondRegion })] } }),
    environment: anEnvironmentPolicy({ regions: [aRegion, aSecondRegion] }),
    commit: aCommit,
    version: 'v1.1.0',
    ...change,
  };
}

type Question = { check: CheckPolicy; subject?: CheckSubject; adapters: CheckAdapters; since?: number };

export function look({ check, subject = aSubject(), adapters, since }: Question): Promise<CheckVerdict> {
  const { signal } = new AbortController();
  return lookAt(check, subject, adapters, { signal, ...(since !== undefined && { since }) });
}
