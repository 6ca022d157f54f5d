import type { GatePolicy } from '../domain/gate-policy.ts';
import { durationInWords } from './duration.ts';
import { gatesIn } from './environment-of.ts';
import { isJudged } from './gate-policy-of.ts';
import { movesTraffic, placesOf, stepsIn } from './places.ts';
import type { PolicyFile } from './policy-file.ts';
import type { Path, Problem } from './problem.ts';
import type { YamlFile } from './yaml-file.ts';

/** Limits that contradict each other, and times too short to measure anything in. */
export function gateProblems(file: PolicyFile, yaml: YamlFile): Problem[] {
  return [
    ...limitsIn(file).flatMap((limits) => [
      ...contradictions(limits, yaml),
      ...shortTrigger(limits, file, yaml),
    ]),
    ...shortBakes(file, yaml),
  ];
}

type Limits = { gates: GatePolicy; path: Path };

/** Every set of limits that something is judged by, with the section that has the last word on it. */
function limitsIn(file: PolicyFile): Limits[] {
  const limits = new Map<string, Limits>();
  for (const { environment, ofEnvironment, service, ofService } of placesOf(file).filter(movesTraffic)) {
    const hasOwn = ofService.gates !== undefined || ofService['roll back when'] !== undefined;
    const path = hasOwn ? ['services', service] : ['environments', environment];
    const gates = gatesIn(environment, ofEnvironment, hasOwn ? [ofService] : []);
    limits.set([...path, environment].join('/'), { gates, path });
  }
  return [...limits.values()];
}

function contradictions({ gates: { pass, rollBackWhen }, path }: Limits, yaml: YamlFile): Problem[] {
  const pairs = [
    { what: 'errors', target: pass.errors, trigger: rollBackWhen.errors, shown: percent },
    { what: '5xx', target: pass.fiveXx, trigger: rollBackWhen.fiveXx, shown: percent },
    { what: 'p99', target: pass.p99, trigger: rollBackWhen.p99, shown: durationInWords },
    { what: 'p95', target: pass.p95, trigger: rollBackWhen.p99, shown: durationInWords },
  ];
  const problems = pairs.flatMap(({ what, target, trigger, shown }) => {
    if (target === undefined || trigger === undefined || target <= trigger) return [];
    const key = what === 'p95' ? 'p99' : what;
    const message = `A release with ${what} below ${shown(target)} would pass, and with ${key} above ${shown(trigger)} it would be rolled back. Raise this limit, or lower the one under \`gates\`.`;
    return [yaml.problemAt([...path, 'roll back when', key], message, 'value')];
  });
  const { activeConnections: least } = pass;
  const { activeConnectionsBelow: below } = rollBackWhen;
  if (least !== undefined && below !== undefined && below > least) {
    const message = `A release with ${percent(least)} of the active connections would pass, and below ${percent(below)} it would be rolled back. Lower this limit, or raise the one under \`gates\`.`;
    problems.push(yaml.problemAt([...path, 'roll back when', 'active connections below'], message, 'value'));
  }
  return problems;
}

function shortTrigger({ gates, path }: Limits, { timing }: PolicyFile, yaml: YamlFile): Problem[] {
  const { for: length } = gates.rollBackWhen;
  const least = 2 * timing['metric period'];
  if (length >= least) return [];
  const message = `The load balancer measures every ${durationInWords(timing['metric period'])}, so nothing can be seen to last ${durationInWords(length)}. Write ${durationInWords(least)} or more.`;
  return [yaml.problemAt([...path, 'roll back when', 'for'], message, 'value')];
}

function shortBakes(file: PolicyFile, yaml: YamlFile): Problem[] {
  const { settle, 'metric period': period } = file.timing;
  const least = settle + 2 * period;
  return stepsIn(file).flatMap(({ environment, steps, path }) => {
    const written = file.environments[environment];
    if (written === undefined) return [];
    const gates = gatesIn(environment, written, []);
    if (gates.evidence === 'smoke' || !isJudged(gates)) return [];
    return [...steps.entries()].flatMap(([index, { bake }]) => {
      if (bake >= least) return [];
      const message = `${durationInWords(bake)} is too short to be judged by: after a moment to settle, two measurements of the load balancer take ${durationInWords(least)}. Write that or more; evidence: smoke lets a release go on without measurements.`;
      return [yaml.problemAt([...path, index], message, 'value')];
    });
  });
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(3))}%`;
}
