import type { RateUsage } from '../../../sandbox/slack/rate-usage.ts';
import { lineOf, quantile } from '../engine/figure.ts';
import type { End } from './ends.ts';
import type { Load } from './play.ts';

/** An end of a group that keeps within this pace is shown in time. */
const STEADY = ['25 at once', '25 in a minute', 'the last 25 in a minute'];

export function printFigures(figures: {
  ends: readonly End[];
  usage: readonly RateUsage[];
  loads: readonly Load[];
  statusTold: boolean;
}): void {
  printDelays(figures.ends);
  console.log(`/forge status during the burst says that messages lag: ${figures.statusTold ? 'yes' : 'no'}`);
  printCalls(figures.usage);
  printLoad(figures.loads);
}

function printDelays(ends: readonly End[]): void {
  for (const group of new Set(ends.map((end) => end.group))) {
    const delays = ends.filter((end) => end.group === group).map(delayOf);
    const told = ends.filter((end) => end.group === group && end.isToldLate === true).length;
    const most = Math.max(...delays);
    const name = `end shown late, ${delays.length} of “${group}”, p50`;
    console.log(lineOf({ name, value: quantile(delays, 0.5), unit: 'ms' }));
    console.log(
      lineOf({
        ...{ name: `   … at most (${told} say so)`, value: most, unit: 'ms' },
        ...(STEADY.includes(group) && { target: { kind: 'below', value: 5_000 } }),
      }),
    );
  }
}

function delayOf({ endAt, endedAt }: End): number {
  return endAt === undefined || endedAt === undefined ? Number.POSITIVE_INFINITY : endAt - endedAt;
}

function printCalls(usage: readonly RateUsage[]): void {
  console.log(
    `${'calls'.padEnd(40)}${'all'.padStart(7)}${'in 60 s'.padStart(10)}${'of'.padStart(6)}${'in 1 s'.padStart(8)}${'429'.padStart(6)}`,
  );
  for (const { method, channel = '', perMinute, taken, refused, mostInAMinute, mostInASecond } of usage) {
    const counts = [
      `${taken}`.padStart(7),
      `${mostInAMinute}`.padStart(10),
      `${perMinute ?? ''}`.padStart(6),
    ];
    console.log(
      `${`${method} ${channel}`.padEnd(40)}${counts.join('')}${`${mostInASecond}`.padStart(8)}${`${refused}`.padStart(6)}`,
    );
  }
}

function printLoad(loads: readonly Load[]): void {
  const cpu = loads.map(({ cpuMs }) => cpuMs / 10);
  const percent = (value: number) => `${Math.round(value)} %`;
  const mean = cpu.reduce((sum, value) => sum + value, 0) / cpu.length;
  console.log(
    `Forge’s processor time a second: mean ${percent(mean)}, p95 ${percent(quantile(cpu, 0.95))} of one core`,
  );
  console.log(`Forge’s memory: at most ${Math.round(Math.max(...loads.map(({ memoryMb }) => memoryMb)))} MB`);
}
