import { describe, expect, it } from 'vitest';
import type { Split } from '../../src/domain/traffic.ts';
import type { ServiceStatus } from '../../src/use-cases/status.ts';
import { statusMessage } from '../../views/status.ts';
import { aDeployment, aLive, aMoment, aRegion } from '../builders.ts';
import { aCanary, baking, succeeded } from './canary.ts';
import { aStatus, statusLines } from './status-reading.ts';

describe('the status of a service in colours', () => {
  const plan = aCanary([aRegion]);
  const to = plan.to.digests[aRegion] ?? '';
  const idle = { place: 'blue' as const, revision: 'checkout:7', version: 'v1.0.0', desired: 2, healthy: 2 };
  const live = aLive({ place: 'green', version: 'v1.1.0', digest: to, desired: 2, idle });
  const regions: ServiceStatus['regions'] = [{ kind: 'live', region: aRegion, live }];

  it('says which colour is live, and until when the other one is on standby', () => {
    const last = aDeployment(succeeded(plan, aRegion));

    expect(statusLines([aStatus({ regions, last })])[2]).toMatch(
      /^:large_green_circle: v1\.1\.0 is live \(green\); v1\.0\.0 is on standby \(blue\): rollback is instant until <!date\^1767690000\^/u,
    );
  });

  it('does not call a rollback instant where too few tasks are healthy, or once the time is over', () => {
    const last = aDeployment(succeeded(plan, aRegion));
    const few = { ...live, idle: { ...idle, healthy: 1 } };
    const small = { ...live, desired: 4 };
    const told = (now: number, of = live) =>
      statusLines([aStatus({ regions: [{ kind: 'live', region: aRegion, live: of }], last })], now).join();

    expect(told(aMoment, few)).toContain('v1.0.0 is on standby (blue, 1 of 2 tasks healthy)');
    expect(told(aMoment, small)).toContain('v1.0.0 is on standby (blue, 2 of 2 tasks healthy)');
    expect(told(aMoment + 86_400_000)).toContain('v1.0.0 is on standby (blue, 2 of 2 tasks healthy)');
    for (const words of [told(aMoment, few), told(aMoment, small), told(aMoment + 86_400_000)]) {
      expect(words).not.toContain('instant');
    }
  });

  it('says what else runs without traffic, and nothing of a colour without tasks', () => {
    const empty = { ...live, idle: { ...idle, desired: 0, healthy: 0 } };
    const ended = aDeployment([
      ...succeeded(plan, aRegion),
      { type: 'standby-ended', region: aRegion, reason: 'used by #143' },
    ]);

    expect(statusLines([aStatus({ regions, last: ended })])[2]).toBe(
      ':large_green_circle: v1.1.0 is live (green); v1.0.0 runs without traffic (blue, 2 of 2 tasks healthy)',
    );
    expect(statusLines([aStatus({ regions: [{ kind: 'live', region: aRegion, live: empty }] })])[2]).toBe(
      ':large_green_circle: v1.1.0 is live (green)',
    );
  });

  it('says how traffic is split while it is moved, also where its rules do not agree', () => {
    const running = aDeployment(baking(plan, 25, aRegion));
    const moving = (split: Split | undefined) =>
      statusLines([aStatus({ running, regions: [{ kind: 'moving', region: aRegion, split }] })])[2];

    expect(moving({ blue: 75, green: 25 })).toBe(
      ':hourglass_flowing_sand: v1.1.0 ▓▓▓░░░░░░░ 25 %  ·  v1.0.0 75 %',
    );
    expect(moving(undefined)).toBe(
      ':hourglass_flowing_sand: Traffic is being moved: its rules do not agree yet',
    );
    expect(
      statusMessage(
        [aStatus({ running, regions: [{ kind: 'moving', region: aRegion, split: undefined }] })],
        0,
      ).text,
    ).toBe('Checkout in production: moving to v1.1.0');
  });
});
