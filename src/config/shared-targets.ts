import type { Outline } from './outline.ts';
import type { Path, Problem } from './problem.ts';
import type { YamlFile } from './yaml-file.ts';

/** Something in AWS that a deployment changes, and where the file names it. */
type Claim = { path: Path; what: 'ECS service' | 'target group' | 'rule'; id: string };

/** What two places of the file claim: two deployments could then change one thing at the same time. */
export function sharedTargets(outline: Outline, yaml: YamlFile): Problem[] {
  const problems: Problem[] = [];
  const owners = new Map<string, Claim>();
  for (const claim of claimsOf(outline, yaml)) {
    const owner = owners.get(claim.id);
    if (owner === undefined) owners.set(claim.id, claim);
    else problems.push(yaml.problemAt(claim.path, messageOf(claim, owner), 'value'));
  }
  return problems;
}

function messageOf({ what, path }: Claim, owner: Claim): string {
  if (placeOf(path) !== placeOf(owner.path)) {
    const place = owner.path.slice(1, 4).join(' ');
    return `This ${what} already belongs to ${place}: two deployments could change it at once. Name another.`;
  }
  if (what === 'rule') return 'This rule stands here twice. Remove one.';
  return `Blue and green share this ${what}: no traffic could be moved between them. Name another.`;
}

function placeOf(path: Path): string {
  return path.slice(0, 5).join('/');
}

function claimsOf(outline: Outline, yaml: YamlFile): Claim[] {
  const claims: Claim[] = [];
  for (const [name, service] of Object.entries(outline.services)) {
    for (const [environment, regions] of Object.entries(service.runs)) {
      const account = Object(Object(Object(yaml.content).aws)[environment]).account;
      for (const [region, run] of Object.entries(regions)) {
        const path = ['services', name, 'runs', environment, region];
        claims.push(...claimsIn(run, { path, cluster: [account, region, run.cluster].join('/') }));
      }
    }
  }
  return claims;
}

type OutlinedRun = Outline['services'][string]['runs'][string][string];

function claimsIn(run: OutlinedRun, { path, cluster }: { path: Path; cluster: string }): Claim[] {
  const claims: Claim[] = [];
  const claim = (what: Claim['what'], id: string | undefined, at: Path) => {
    if (id !== undefined) claims.push({ what, id: `${what} ${id}`, path: [...path, ...at] });
  };
  const service = (name: string | undefined, at: Path) => {
    if (name !== undefined && run.cluster !== undefined) claim('ECS service', `${cluster}/${name}`, at);
  };
  service(run.service, ['service']);
  for (const colour of ['blue', 'green'] as const) {
    service(run[colour].service, [colour, 'service']);
    claim('target group', run[colour]['target group'], [colour, 'target group']);
  }
  for (const [index, rule] of run.rules.entries()) claim('rule', rule, ['rules', index]);
  return claims;
}
