import type {
  DeadManPolicy,
  EnvironmentPolicy,
  Run,
  ServicePolicy,
  ShiftStep,
} from '../src/domain/policy.ts';
import type { Colour, Idle, Live } from '../src/domain/release.ts';
import { aLive, anEnvironmentPolicy, aRegion, aServicePolicy } from './builders.ts';

/** A run on two ECS services; the builders of a service in one are in `builders.ts`. */
type RunInColours = Extract<Run, { service?: undefined }>;

const elb = (region: string) => `arn:aws:elasticloadbalancing:${region}:123456789012`;

export function aRuleArn(region: string = aRegion, id = '1'): string {
  return `${elb(region)}:listener-rule/app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2/${id.padStart(16, '0')}`;
}

export function aTargetGroupArn(colour: Colour, region: string = aRegion): string {
  return `${elb(region)}:targetgroup/checkout-${colour}/73e2d6bc24d8a067`;
}

export function aColouredRun(change: Partial<RunInColours> = {}): RunInColours {
  const region = change.region ?? aRegion;
  return {
    region,
    cluster: 'shop',
    url: 'https://checkout.example',
    colours: {
      blue: { service: 'checkout-blue', targetGroup: aTargetGroupArn('blue', region) },
      green: { service: 'checkout-green', targetGroup: aTargetGroupArn('green', region) },
      rules: [aRuleArn(region)],
      preview: { header: 'X-Forge-Preview', valueFrom: 'FORGE_PREVIEW_TOKEN' },
    },
    ...change,
  };
}

/** A service that runs in colours in production, in these regions. */
export function aColouredService(
  change: Partial<ServicePolicy> = {},
  regions: readonly string[] = [aRegion],
): ServicePolicy {
  return aServicePolicy({
    runs: { production: regions.map((region) => aColouredRun({ region })) },
    ...change,
  });
}

const canarySteps: ShiftStep[] = [10, 25, 50, 100].map((weight) => ({ weight, bake: 600_000 }));

export function aDeadManPolicy(change: Partial<DeadManPolicy> = {}): DeadManPolicy {
  return {
    after: 300_000,
    role: 'arn:aws:iam::123456789012:role/forge-dead-man-switch',
    otherwise: 'ask',
    ...change,
  };
}

/** An environment whose deployments are canaries of 10, 25, 50 and 100 % with the dead-man switch on. */
export function aColouredEnvironment(change: Partial<EnvironmentPolicy> = {}): EnvironmentPolicy {
  return anEnvironmentPolicy({
    strategy: { kind: 'canary', steps: canarySteps },
    deadMan: aDeadManPolicy(),
    ...change,
  });
}

export function anIdle(change: Partial<Idle> = {}): Idle {
  return {
    place: 'green',
    revision: `arn:aws:ecs:${aRegion}:123456789012:task-definition/checkout:6`,
    version: 'v0.9.0',
    digest: `sha256:${'9'.repeat(64)}`,
    desired: 0,
    healthy: 0,
    ...change,
  };
}

/** Blue takes the traffic with two tasks, green has none. */
export function aColouredLive(change: Partial<Live> = {}): Live {
  return aLive({ place: 'blue', desired: 2, idle: anIdle(), ...change });
}

/** Green takes the traffic of the release that was deployed, blue is its warm standby: what a rollback finds. */
export function aLiveWithStandby(change: Partial<Live> = {}): Live {
  const { revision, version, digest } = aLive();
  return aLive({
    place: 'green',
    revision: `arn:aws:ecs:${aRegion}:123456789012:task-definition/checkout:8`,
    version: 'v1.1.0',
    commit: 'c0ffee'.padEnd(40, '0'),
    digest: `sha256:${'1'.repeat(64)}`,
    desired: 2,
    idle: anIdle({
      ...{ place: 'blue', revision, version, desired: 2, healthy: 2 },
      ...(digest === undefined ? {} : { digest }),
    }),
    ...change,
  });
}
