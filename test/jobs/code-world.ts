import type { CheckPolicy } from '../../src/domain/check.ts';
import type { EnvironmentPolicy, Policy, ServicePolicy } from '../../src/domain/policy.ts';
import { overrideCheck, retry, tickBox } from '../../src/use-cases/answer-check.ts';
import { requestDeployment } from '../../src/use-cases/request-deployment.ts';
import { castVote } from '../../src/use-cases/vote.ts';
import { aPeoplePolicy, aPolicy, aRelease } from '../builders.ts';
import { createForgeWorld, person } from './forge-world.ts';
import { checkout, europe, staging, timing } from './shop.ts';

export const unitTests: CheckPolicy = {
  ...{ name: 'Unit tests', kind: 'command', run: 'npm test', within: 600_000 },
  ...{ installWithin: 300_000, outputLimit: 1_000_000 },
};
export const lint: CheckPolicy = { ...unitTests, name: 'Lint', run: 'npm run lint' };
export const ci: CheckPolicy = {
  ...{ name: 'CI', kind: 'github', check: 'build', within: 600_000, accepts: [] },
};
export const told: CheckPolicy = {
  ...{ name: 'Stakeholders', kind: 'box', says: 'Stakeholders are told', within: 3_600_000 },
};

const build = { workflow: 'deploy.yml', ref: 'main', within: 600_000 };

type Options = {
  checks?: CheckPolicy[];
  environment?: Partial<EnvironmentPolicy>;
  service?: Partial<ServicePolicy>;
  /** Its images are made on the code host. */
  isBuilt?: boolean;
};

export type CodeWorld = ReturnType<typeof createCodeWorld>;

/** A service with checks and a build, whose branch feature/banner has no image yet. */
export function createCodeWorld({
  checks = [],
  environment = {},
  service = {},
  isBuilt = true,
}: Options = {}) {
  const checked: ServicePolicy = { ...checkout, checks, ...(isBuilt ? { build } : {}), ...service };
  const place: EnvironmentPolicy = { ...staging, ...environment };
  const policy: Policy = aPolicy({
    ...{ services: [checked], environments: [place], timing },
    people: aPeoplePolicy({ roles: { deployer: ['U0MAYA'], 'release-manager': ['U0LENA'] } }),
  });
  const world = createForgeWorld({ policy, hasCode: true });
  const web = world.host.repository(checked.repository);
  web.push('main', { files: { 'index.js': 'one' }, message: 'Begin' });
  const head = web.push('feature/banner', { files: { 'index.js': 'two' }, message: 'A banner' }, 'main');

  /** As the workflow pushes it. */
  function publish(commit: string): void {
    const digests = { [europe]: `sha256:${commit.slice(0, 32)}${commit.slice(0, 32)}` };
    world.sourceControl.add({
      release: aRelease({ commit, version: commit.slice(0, 12), digests }),
      branch: 'x',
    });
  }

  return {
    ...world,
    ...{ web, head, publish, policy },
    /** Each run passes at once, and makes its image. */
    makeImages(): void {
      web.runs.onDispatch = ({ run, commit }) => {
        run.state = 'passed';
        publish(commit);
      };
    },
    /** Gives its number. */
    async ask(ref = 'feature/banner'): Promise<number> {
      const outcome = await requestDeployment(
        { service: checked, environment: place, ref },
        person(),
        world.adapters,
      );
      if (outcome.kind !== 'requested') throw new Error(`The request of ${ref} was ${outcome.kind}`);
      return outcome.deployment;
    },
    retry: (number: number) => retry({ deployment: number }, person(), world),
    override: (number: number, why = 'the finding is a false alarm') =>
      overrideCheck({ deployment: number, why }, byLena(), world),
    tick: (number: number, box: string) => tickBox({ deployment: number, box }, byLena(), world),
    /** Lena, a release manager, approves what it would do now. */
    async approve(number: number): Promise<void> {
      const { approval } = await world.deployment(number);
      const seen = { round: approval?.round ?? 0, digest: approval?.digest ?? '' };
      await castVote({ deployment: number, verdict: 'approve', seen }, byLena(), world);
    },
    /** Waits until a check has come to a state. */
    untilCheck: (number: number, name: string, state: string) =>
      world.until(async () => {
        const deployment = await world.deployment(number);
        return deployment.checkStates.find((check) => check.name === name)?.state === state && deployment;
      }),
    untilBuild: (number: number, state: string) =>
      world.until(async () => {
        const deployment = await world.deployment(number);
        return deployment.build?.state === state && deployment;
      }),
  };
}

function byLena() {
  return { member: { kind: 'member', id: 'U0LENA', groups: [] } as const, caller: person('U0LENA') };
}
