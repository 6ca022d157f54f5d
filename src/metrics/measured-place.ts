import { type DatabasePolicy, type Policy, serviceNamed } from '../domain/policy.ts';
import type { Colour, Target } from '../domain/release.ts';
import { PlatformRefused } from '../ports/platform.ts';

/** What CloudWatch calls the parts of a target: its metrics are found by exactly these names. */
export type MeasuredPlace = {
  /** How people call the target, for sentences. */
  title: string;
  /** `app/<name>/<id>`. */
  loadBalancer: string;
  /** `targetgroup/<name>/<id>`. */
  targetGroups: Record<Colour, string>;
  database?: DatabasePolicy;
};

/** Refused for a target without colours, and for one whose rules are not of one load balancer. */
export function measuredPlaceOf(policy: Policy, target: Target): MeasuredPlace {
  const service = serviceNamed(policy, target.service);
  const run = service?.runs[target.environment]?.find(({ region }) => region === target.region);
  const title = `${target.service} in ${target.environment} (${target.region})`;
  if (run?.colours === undefined) {
    throw new PlatformRefused(
      `${title} has no blue and green in forge.yml, so nothing of it can be measured. Describe both colours there.`,
    );
  }
  const { blue, green, rules } = run.colours;
  const database = service?.database[target.environment];
  return {
    title,
    loadBalancer: loadBalancerOf(rules, title),
    targetGroups: { blue: tailOf(blue.targetGroup), green: tailOf(green.targetGroup) },
    ...(database === undefined ? {} : { database }),
  };
}

/** The ARN of a rule names its load balancer. A target group has only one, so all rules that lead to it have the same. */
function loadBalancerOf(rules: readonly string[], title: string): string {
  const names = new Set(rules.map((rule) => /:listener-rule\/(app\/[^/]+\/[^/]+)\//.exec(rule)?.[1]));
  const [only] = names;
  if (names.size === 1 && only !== undefined) return only;
  throw new PlatformRefused(
    `The rules of ${title} are not of one application load balancer. Check their ARNs in forge.yml.`,
  );
}

/** `targetgroup/api-blue/0123456789abcdef` of its ARN. */
function tailOf(targetGroup: string): string {
  return targetGroup.split(':').at(-1) ?? targetGroup;
}
