import type { Deployment, StandbyState } from './deployment.ts';

/** The colours that a deployment still keeps warm, by region. */
export function keptStandbys({
  standby,
}: Pick<Deployment, 'standby'>): { region: string; standby: StandbyState }[] {
  return Object.entries(standby).flatMap(([region, state]) =>
    state.endedAt === undefined ? [{ region, standby: state }] : [],
  );
}

/** The run that ends a standby; one that is kept longer has another one. */
export function endStandbyRun(
  deployment: number,
  region: string,
  { until }: Pick<StandbyState, 'until'>,
): string {
  return `end-standby/${deployment}/${region}/${until}`;
}

/** The runs that end its standbys, also one that has recorded the end and may still be scaling the colour down. */
export function endStandbyRuns({ number, standby }: Pick<Deployment, 'number' | 'standby'>): string[] {
  return Object.entries(standby).map(([region, state]) => endStandbyRun(number, region, state));
}
