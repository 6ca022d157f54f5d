import type { Aws } from '../../../sandbox/aws/aws.ts';

/** What the rules that split traffic say, each once, such as `api-blue 100, api-green 0`. */
export function shownWeights({ truth }: Pick<Aws, 'truth'>): string[] {
  const nameOf = (arn: string) => truth.targetGroups.find((group) => group.arn === arn)?.name ?? arn;
  const splits = truth.rules.filter(({ forward }) => forward.length > 1);
  const shown = splits.map(({ forward }) =>
    forward.map(({ targetGroup, weight }) => `${nameOf(targetGroup)} ${weight}`).join(', '),
  );
  return [...new Set(shown)];
}
