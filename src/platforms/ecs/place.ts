import {
  type Colours,
  environmentNamed,
  type Policy,
  type Run,
  type ServicePolicy,
  serviceNamed,
} from '../../domain/policy.ts';
import type { Colour, Place, Target } from '../../domain/release.ts';
import { PlatformRefused } from '../../ports/platform.ts';

/** One ECS service of a target, as the policy describes it. */
export type EcsPlace = {
  target: Target;
  on: Place;
  service: ServicePolicy;
  cluster: string;
  /** Name of the ECS service. */
  ecsService: string;
  /** AWS account, 12 digits. */
  account: string;
  /** How people call it, for sentences. */
  title: string;
};

/** A target in colours: its two ECS services, and the rules that split its traffic. */
export type EcsColours = Record<Colour, EcsPlace & { targetGroup: string }> &
  Pick<Colours, 'rules' | 'preview'> & {
    /** How people call the target, for sentences. */
    title: string;
  };

/** The ECS service of a target: the only one, or that of a colour. */
export function placeOf(policy: Policy, target: Target, on: Place): EcsPlace {
  const found = find(policy, target);
  const { run, title } = found;
  if (on !== 'only') return coloursOf(policy, target)[on];
  if (run.service === undefined) {
    throw new PlatformRefused(
      `${title} runs in two colours by now, and this was planned for a service without. Ask for it again.`,
    );
  }
  return ecsPlace(found, target, { on, ecsService: run.service, title });
}

/** The two colours of a target; refused when it has none. */
export function coloursOf(policy: Policy, target: Target): EcsColours {
  const found = find(policy, target);
  const { colours } = found.run;
  if (colours === undefined) {
    throw new PlatformRefused(
      `${found.title} has no colours in forge.yml. Give it a blue and a green ECS service there, or use the strategy rolling.`,
    );
  }
  const placeOn = (on: Colour) => ({
    ...ecsPlace(found, target, { on, ecsService: colours[on].service, title: `${found.title}, ${on}` }),
    targetGroup: colours[on].targetGroup,
  });
  const { rules, preview } = colours;
  return { blue: placeOn('blue'), green: placeOn('green'), rules, preview, title: found.title };
}

/** Whether the policy gives the target two colours. */
export function isInColours(policy: Policy, target: Target): boolean {
  return find(policy, target).run.colours !== undefined;
}

type Found = { service: ServicePolicy; run: Run; account: string; title: string };

function find(policy: Policy, target: Target): Found {
  const service = serviceNamed(policy, target.service);
  const environment = environmentNamed(policy, target.environment);
  const run = service?.runs[target.environment]?.find((each) => each.region === target.region);
  const title = `${target.service} in ${target.environment} (${target.region})`;
  if (service === undefined || environment === undefined || run === undefined) {
    throw new PlatformRefused(
      `${title} is not in forge.yml. Add it there, or choose one of its environments and regions.`,
    );
  }
  return { service, run, account: environment.account, title };
}

function ecsPlace(
  { service, run, account }: Found,
  target: Target,
  own: Pick<EcsPlace, 'on' | 'ecsService' | 'title'>,
): EcsPlace {
  return { target, service, cluster: run.cluster, account, ...own };
}
