import type { Aws } from '../../../sandbox/aws/aws.ts';
import { trafficRules } from '../../worlds/api-in-colours.ts';

/** Percent for green, as the load balancer carried it out, without repetitions: one list for each rule. */
type Moves = ReadonlyMap<string, readonly number[]>;

export type TrafficWatch = {
  /** Forgets what was. */
  begin(): void;
  moves(): Moves;
  /** When traffic was on a target group without a healthy target, in sentences. */
  violations(): string[];
  stop(): void;
};

/** Looks at what the load balancers really do, at every change of it. */
export function watchTraffic(aws: Aws): TrafficWatch {
  let moves = new Map<string, number[]>();
  let violations = new Set<string>();
  const look = () => {
    for (const rule of trafficRules(aws)) {
      const seen = moves.get(rule.arn) ?? [];
      const green = percentOf(aws, rule.applied, 'api-green');
      if (seen.at(-1) !== green) moves.set(rule.arn, [...seen, green]);
      for (const { targetGroup, weight } of rule.applied) {
        const name = aws.truth.targetGroups.find(({ arn }) => arn === targetGroup)?.name;
        if (weight > 0 && !hasHealthy(aws, targetGroup)) {
          violations.add(`${weight} % of the traffic went to ${name}, which had no healthy target`);
        }
      }
    }
  };
  look();
  const stop = aws.subscribe(look);
  return {
    begin() {
      moves = new Map();
      violations = new Set();
      look();
    },
    moves: () => moves,
    violations: () => [...violations],
    stop,
  };
}

type Weighted = { targetGroup: string; weight: number };

function percentOf({ truth }: Aws, forward: readonly Weighted[], name: string): number {
  let all = 0;
  let mine = 0;
  for (const { targetGroup, weight } of forward) {
    all += weight;
    if (truth.targetGroups.some((group) => group.arn === targetGroup && group.name === name)) mine += weight;
  }
  return all === 0 ? 0 : Math.round((100 * mine) / all);
}

function hasHealthy({ truth }: Aws, targetGroup: string): boolean {
  const group = truth.targetGroups.find(({ arn }) => arn === targetGroup);
  return (
    group?.targets.some(({ isDraining, verdict }) => !isDraining && verdict.state === 'healthy') === true
  );
}
