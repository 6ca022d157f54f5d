import type { Colours } from '../domain/policy.ts';
import { type FilePlace, movesTraffic, placesOf } from './places.ts';
import type { PolicyFile } from './policy-file.ts';
import type { Path, Problem } from './problem.ts';
import type { YamlFile } from './yaml-file.ts';

/** Where strategies and ECS services do not go together, and parts of a service in colours that lie elsewhere. */
export function colourProblems(file: PolicyFile, yaml: YamlFile): Problem[] {
  return placesOf(file).flatMap((place) => [
    ...withoutColours(place, yaml),
    ...Object.entries(place.runs).flatMap(([region, { colours }]) => {
      if (colours === undefined) return [];
      const path = ['services', place.service, 'runs', place.environment, region];
      const account = file.aws[place.environment]?.account;
      return [...withColours(place, path, yaml), ...arnProblems(colours, { account, region, path }, yaml)];
    }),
  ]);
}

function withoutColours(place: FilePlace, yaml: YamlFile): Problem[] {
  const { service, environment, ofService, strategy, runs } = place;
  const isSingle = Object.values(runs).some(({ colours }) => colours === undefined);
  if (!movesTraffic(place) || !isSingle) return [];
  const override = `strategies: { ${environment}: rolling }`;
  const message =
    ofService.kind === 'worker'
      ? `A worker has no traffic to move, so it cannot be deployed ${strategy.kind}. Add ${override} to ${service}.`
      : `It runs on one ECS service there, and ${strategy.kind} needs two to move traffic between. Give it blue, green, rules and preview, or add ${override} to ${service}.`;
  return [yaml.problemAt(['services', service, 'runs', environment], message, 'key')];
}

function withColours(place: FilePlace, path: Path, yaml: YamlFile): Problem[] {
  const { environment, ofService } = place;
  const problems: Problem[] = [];
  if (ofService.kind === 'worker') {
    const message =
      'A worker stands behind no load balancer, so there is no traffic to move between two colours. Name one ECS service, or write kind: web.';
    problems.push(yaml.problemAt([...path, 'blue'], message, 'key'));
  } else if (!movesTraffic(place)) {
    const message = `Rolling replaces the tasks of one ECS service, and here are two. Name one, or choose blue-green or canary in ${environment}.`;
    problems.push(yaml.problemAt([...path, 'blue'], message, 'key'));
  }
  return problems;
}

type Where = { account: string | undefined; region: string; path: Path };

function arnProblems(colours: Colours, where: Where, yaml: YamlFile): Problem[] {
  const arns: [string, Path][] = [
    [colours.blue.targetGroup, ['blue', 'target group']],
    [colours.green.targetGroup, ['green', 'target group']],
    ...colours.rules.map((rule, index): [string, Path] => [rule, ['rules', index]]),
  ];
  const problems = arns.flatMap(([arn, at]) => {
    const message = elsewhere(arn, where);
    return message === undefined ? [] : [yaml.problemAt([...where.path, ...at], message, 'value')];
  });
  const [first = '', ...others] = colours.rules;
  for (const [index, rule] of others.entries()) {
    if (loadBalancerOf(rule) === loadBalancerOf(first)) continue;
    const message =
      'This rule is of another load balancer than the first one, and a target group is behind one only. Name rules of one load balancer.';
    problems.push(yaml.problemAt([...where.path, 'rules', index + 1], message, 'value'));
  }
  return problems;
}

function elsewhere(arn: string, { account, region }: Where): string | undefined {
  const [, , , arnRegion = '', arnAccount = ''] = arn.split(':');
  if (arnRegion !== region) {
    return `It is in ${arnRegion}, and this is what runs in ${region}. Copy the ARN from there.`;
  }
  if (account !== undefined && arnAccount !== account) {
    return `It is in the account ${arnAccount}, and the environment's is ${account}. Copy the ARN from there.`;
  }
  return undefined;
}

/** `…:listener-rule/app/name/id/…` → `name/id`. */
function loadBalancerOf(rule: string): string {
  return rule.split('/').slice(2, 4).join('/');
}
