import { describe, expect, it } from 'vitest';
import { viewErrors } from '../../sandbox/slack/validate.ts';
import type { DeploymentEvent } from '../../src/domain/events.ts';
import type { Split } from '../../src/domain/traffic.ts';
import type { ServiceStatus } from '../../src/use-cases/status.ts';
import { textLength } from '../../views/blocks.ts';
import { closedHomeView, homeView } from '../../views/home.ts';
import { statusMessage } from '../../views/status.ts';
import {
  aDeployment,
  aLive,
  aMoment,
  anEnvironmentPolicy,
  aPlan,
  aRegion,
  aRelease,
  aServicePolicy,
} from '../builders.ts';
import { aQuestion, inPhase, phaseKinds, storyTo } from '../in-phase.ts';
import { aCanary, baking, succeeded } from './canary.ts';
import { hostileTexts } from './hostile.ts';
import { foreignMarkup, markupIn, objections, readableIn } from './rules.ts';

function aStatus(change: Partial<ServiceStatus> = {}): ServiceStatus {
  return {
    service: aServicePolicy(),
    environment: anEnvironmentPolicy(),
    regions: [{ kind: 'live', region: aRegion, live: aLive() }],
    last: undefined,
    running: undefined,
    ...change,
  };
}

const many = (count: number, change: Partial<ServiceStatus> = {}) =>
  Array.from({ length: count }, (_, index) =>
    aStatus({ service: aServicePolicy({ name: `service-${index}`, title: `Service ${index}` }), ...change }),
  );
const lines = (statuses: readonly ServiceStatus[]) =>
  readableIn(statusMessage(statuses, aMoment).blocks).flatMap((text) => text.split('\n'));

const olderWorkspace = { newBlocks: false, scopes: [] };

describe('the status', () => {
  it('says what is live, since when and by whom', () => {
    const last = inPhase('succeeded');
    const live = aLive({ version: 'v1.1.0', digest: aRelease().digests[aRegion] ?? '' });
    const regions: ServiceStatus['regions'] = [{ kind: 'live', region: aRegion, live }];

    expect(lines([aStatus({ last, regions })])).toEqual([
      'production',
      '*Checkout* (`checkout`)',
      ':large_green_circle: v1.1.0 is live',
      'Last deployment: v1.1.0 by <@U0MAYA>, <!date^1767603608^{date_short_pretty} {time}|2026-01-05 09:00 UTC> (#142)',
      'As AWS says it, <!date^1767603600^{date_short_pretty} {time}|2026-01-05 09:00 UTC>.',
    ]);
  });

  it('says that messages lag while ends are not shown, and nothing of the usual second', () => {
    const saying = (late: { count: number; since: number }) =>
      readableIn(statusMessage([aStatus()], aMoment, late).blocks).at(-1);

    expect(saying({ count: 23, since: aMoment - 40_000 })).toBe(
      ':hourglass: Messages lag behind: 23 deployments have ended and their messages do not show it yet, the first for 40 s. They follow in the order of their ends.',
    );
    expect(saying({ count: 1, since: aMoment - 6_000 })).toContain(
      'one deployment has ended and its message does not',
    );
    expect(saying({ count: 1, since: aMoment - 1_000 })).toContain('As AWS says it');
  });

  it('names the regions where there are several, and says which do not answer', () => {
    const regions: ServiceStatus['regions'] = [
      { kind: 'live', region: 'us-east-1', live: aLive() },
      { kind: 'unknown', region: 'eu-west-1', reason: 'ECS timed out' },
    ];

    expect(lines([aStatus({ regions })]).slice(2, 4)).toEqual([
      ':large_green_circle: v1.0.0 is live in us-east-1',
      ':grey_question: Unknown in eu-west-1: ECS timed out.',
    ]);
    expect(statusMessage([aStatus({ regions })], aMoment).text).toBe(
      'Checkout in production: v1.0.0, unknown',
    );
  });

  it('says where something else is live than the last deployment put there', () => {
    const last = inPhase('succeeded');

    expect(lines([aStatus({ last })])[2]).toBe(
      ':large_green_circle: v1.0.0 is live, changed outside Forge since #142',
    );
    expect(lines([aStatus({ last, running: inPhase('running') })])[2]).toBe(
      ':large_green_circle: v1.0.0 is live',
    );
    expect(lines([aStatus({ last, left: inPhase('succeeded') })])[2]).toBe(
      ':large_green_circle: v1.0.0 is live',
    );
  });

  it('does not give as what AWS says what AWS did not say', () => {
    const regions: ServiceStatus['regions'] = [{ kind: 'unknown', region: aRegion, reason: 'ECS timed out' }];

    expect(lines([aStatus({ regions })]).at(-1)).toMatch(/^AWS was asked and said nothing of it, </);
    expect(lines([aStatus({ regions }), aStatus()]).at(-1)).toMatch(/^As AWS says it, </);
  });

  it('says that the last deployment was a rollback', () => {
    const last = inPhase('succeeded', { undoes: 141, plan: aPlan({ to: aRelease({ version: 'v1.0.0' }) }) });

    expect(lines([aStatus({ last })])[3]).toMatch(/^Last deployment: back to v1\.0\.0 by <@U0MAYA>/);
  });

  it.each(phaseKinds.filter((kind) => kind !== 'held'))('says what is under way in phase %s', (kind) => {
    expect(lines([aStatus({ running: inPhase(kind) })])[3]).toMatch(
      /^:hourglass_flowing_sand: Under way: .+, asked by <@U0MAYA> \(#142\)$/,
    );
  });

  it('says of a question where it is answered, how, and until when', () => {
    expect(lines([aStatus({ running: inPhase('held') })])[3]).toBe(
      ':raised_hand: Waiting for an answer: v1.1.0 on Checkout in production, asked by <@U0MAYA> (#142). Answer by <!date^1767605400^{date_short_pretty} {time}|2026-01-05 09:30 UTC> in its message in <#C0DEPLOYS>, or type `/forge resume #142` or `/forge abort #142`.',
    );
  });

  it('names every answer that a question takes, and none once it is aborted', () => {
    const question: DeploymentEvent = { ...aQuestion('Did it migrate'), doneMeans: 'It goes on.' };
    const asked = [...storyTo('running'), question];
    const line = (events: DeploymentEvent[]) => lines([aStatus({ running: aDeployment(events) })])[3];

    expect(line(asked)).toContain('`/forge happened #142`, `/forge resume #142` or `/forge abort #142`');
    expect(line([...asked, { type: 'abort-requested' }])).toMatch(/^:hourglass_flowing_sand: .*Aborting/u);
  });

  it('names each environment once', () => {
    const staging = anEnvironmentPolicy({ name: 'staging' });

    const statuses = [...many(2), ...many(2, { environment: staging })];

    expect(lines(statuses).filter((line) => line === 'production' || line === 'staging')).toEqual([
      'production',
      'staging',
    ]);
  });

  it('says that there is nothing where no services run', () => {
    expect(objections(statusMessage([], aMoment), { newBlocks: false })).toEqual([]);
    expect(lines([])).toEqual(['No services run here yet: the policy file names none.']);
  });

  it.each([0, 1, 20, 21, 40])('is taken for %d services, and says how many are left out', (count) => {
    const message = statusMessage(many(count), aMoment);

    expect(objections(message, { newBlocks: false })).toEqual([]);
    const left = readableIn(message.blocks).find((text) => / more: /.test(text));
    expect(left?.split(' ')[0]).toBe(count > 20 ? String(count - 20) : undefined);
  });

  it('is taken for services that each run in an environment of their own', () => {
    const statuses = many(40).map((status, index) => ({
      ...status,
      environment: anEnvironmentPolicy({ name: `environment-${index}` }),
    }));

    expect(objections(statusMessage(statuses, aMoment), { newBlocks: false })).toEqual([]);
    expect(viewErrors(homeView(statuses, aMoment), 'home', olderWorkspace)).toEqual([]);
  });

  it.each(hostileTexts)('is taken where everything says %s', (_what, said) => {
    const plan = aPlan({ from: { [aRegion]: aLive({ version: said }) }, to: aRelease({ version: said }) });
    const statuses = many(40, {
      service: aServicePolicy({ title: said }),
      regions: [
        { kind: 'live', region: 'us-east-1', live: aLive({ version: said }) },
        { kind: 'unknown', region: 'eu-west-1', reason: said },
        { kind: 'unknown', region: 'ap-southeast-1', reason: said },
      ],
      last: inPhase('succeeded', { plan }),
      running: inPhase('held', { plan, said }),
    });

    const message = statusMessage(statuses, aMoment);
    const home = homeView(statuses, aMoment);

    expect(objections(message, { newBlocks: false })).toEqual([]);
    expect(textLength(message.blocks)).toBeLessThanOrEqual(12_000);
    expect(viewErrors(home, 'home', olderWorkspace)).toEqual([]);
    expect(Buffer.byteLength(JSON.stringify(home))).toBeLessThan(250_000);
    expect(markupIn(home.blocks).flatMap(foreignMarkup)).toEqual([]);
  });
});

describe('the status of a service in colours', () => {
  const plan = aCanary([aRegion]);
  const to = plan.to.digests[aRegion] ?? '';
  const idle = { place: 'blue' as const, revision: 'checkout:7', version: 'v1.0.0', desired: 2, healthy: 2 };
  const live = aLive({ place: 'green', version: 'v1.1.0', digest: to, desired: 2, idle });
  const regions: ServiceStatus['regions'] = [{ kind: 'live', region: aRegion, live }];

  it('says which colour is live, and until when the other one is on standby', () => {
    const last = aDeployment(succeeded(plan, aRegion));

    expect(lines([aStatus({ regions, last })])[2]).toMatch(
      /^:large_green_circle: v1\.1\.0 is live \(green\); v1\.0\.0 is on standby \(blue\): rollback is instant until <!date\^1767690000\^/u,
    );
  });

  it('says what else runs without traffic, and nothing of a colour without tasks', () => {
    const empty = { ...live, idle: { ...idle, desired: 0, healthy: 0 } };
    const ended = aDeployment([
      ...succeeded(plan, aRegion),
      { type: 'standby-ended', region: aRegion, reason: 'used by #143' },
    ]);

    expect(lines([aStatus({ regions, last: ended })])[2]).toBe(
      ':large_green_circle: v1.1.0 is live (green); v1.0.0 runs without traffic (blue, 2 of 2 tasks healthy)',
    );
    expect(lines([aStatus({ regions: [{ kind: 'live', region: aRegion, live: empty }] })])[2]).toBe(
      ':large_green_circle: v1.1.0 is live (green)',
    );
  });

  it('says how traffic is split while it is moved, also where its rules do not agree', () => {
    const running = aDeployment(baking(plan, 25, aRegion));
    const moving = (split: Split | undefined) =>
      lines([aStatus({ running, regions: [{ kind: 'moving', region: aRegion, split }] })])[2];

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

describe('the Home', () => {
  it('starts a deployment and shows what is live where', () => {
    const home = homeView([aStatus()], aMoment);

    expect(viewErrors(home, 'home', olderWorkspace)).toEqual([]);
    expect(readableIn(home.blocks)).toEqual(expect.arrayContaining(['Deploy…', 'Refresh', 'production']));
  });

  it('says how to see the services it has no room for', () => {
    expect(readableIn(homeView(many(43), aMoment).blocks)).toContain(
      '3 more: `/forge status` with a service or an environment shows them.',
    );
  });

  it('says that there are no services yet', () => {
    expect(viewErrors(homeView([], aMoment), 'home', olderWorkspace)).toEqual([]);
    expect(readableIn(homeView([], aMoment).blocks)).toContain('The policy file names no services yet.');
  });

  it('shows nothing but the reason to somebody who may not use Forge', () => {
    const home = closedHomeView('Guests of the workspace may not use Forge.');

    expect(viewErrors(home, 'home', olderWorkspace)).toEqual([]);
    expect(readableIn(home.blocks)).toEqual(['Guests of the workspace may not use Forge.']);
  });
});
