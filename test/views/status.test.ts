import { describe, expect, it } from 'vitest';
import { viewErrors } from '../../sandbox/slack/validate.ts';
import type { DeploymentEvent } from '../../src/domain/events.ts';
import type { ServiceStatus } from '../../src/use-cases/status.ts';
import { textLength } from '../../views/blocks.ts';
import { closedHomeView } from '../../views/home.ts';
import { statusMessage } from '../../views/status.ts';
import {
  aDeployment,
  aLive,
  aMoment,
  anEnvironmentPolicy,
  aPlan,
  aRegion,
  aRelease,
  aRequestedEvent,
  aServicePolicy,
} from '../builders.ts';
import { aQuestion, inPhase, phaseKinds, storyTo } from '../in-phase.ts';
import { aHome } from './home-content.ts';
import { hostileTexts } from './hostile.ts';
import { foreignMarkup, markupIn, objections, readableIn } from './rules.ts';
import { aStatus, statusLines } from './status-reading.ts';

const many = (count: number, change: Partial<ServiceStatus> = {}) =>
  Array.from({ length: count }, (_, index) =>
    aStatus({ service: aServicePolicy({ name: `service-${index}`, title: `Service ${index}` }), ...change }),
  );

const olderWorkspace = { newBlocks: false, scopes: [] };

describe('the status', () => {
  it('says what is live, since when and by whom', () => {
    const last = inPhase('succeeded');
    const live = aLive({ version: 'v1.1.0', digest: aRelease().digests[aRegion] ?? '' });
    const regions: ServiceStatus['regions'] = [{ kind: 'live', region: aRegion, live }];

    expect(statusLines([aStatus({ last, regions })])).toEqual([
      'production',
      '*Checkout* (`checkout`)',
      ':large_green_circle: v1.1.0 is live',
      'Last deployment: v1.1.0 by <@U0MAYA>, <!date^1767603608^{date_short_pretty} {time}|2026-01-05 09:00 UTC> (#142)',
      'As AWS says it, <!date^1767603600^{date_short_pretty} {time}|2026-01-05 09:00 UTC>.',
    ]);
  });

  it('marks emergencies, also when they are over', () => {
    const declared: DeploymentEvent = { type: 'emergency-declared', digest: 'd1' };
    const last = aDeployment([...storyTo('succeeded'), declared]);
    const waiting = [aDeployment([...storyTo('waiting'), declared])];

    const lines = statusLines([aStatus({ last, waiting })]).join('\n');

    expect(lines).toMatch(/^Last deployment \(:rotating_light: Emergency\): v1\.1\.0 by /mu);
    expect(lines).toContain('Emergency · Waiting to start: v1.1.0');
  });

  it('says that messages lag while ends are not shown, and nothing of the usual second', () => {
    const saying = (late: { count: number; since: number }) =>
      readableIn(statusMessage([aStatus()], aMoment, { late }).blocks).at(-1);

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

    expect(statusLines([aStatus({ regions })]).slice(2, 4)).toEqual([
      ':large_green_circle: v1.0.0 is live in us-east-1',
      ':grey_question: Unknown in eu-west-1: ECS timed out.',
    ]);
    expect(statusMessage([aStatus({ regions })], aMoment).text).toBe(
      'Checkout in production: v1.0.0, unknown',
    );
  });

  it('says where something else is live than the last deployment put there', () => {
    const last = inPhase('succeeded');

    expect(statusLines([aStatus({ last })])[2]).toBe(
      ':large_green_circle: v1.0.0 is live, changed outside Forge since #142',
    );
    expect(statusLines([aStatus({ last, running: inPhase('running') })])[2]).toBe(
      ':large_green_circle: v1.0.0 is live',
    );
    expect(statusLines([aStatus({ last, left: inPhase('succeeded') })])[2]).toBe(
      ':large_green_circle: v1.0.0 is live',
    );
  });

  it('does not give as what AWS says what AWS did not say', () => {
    const regions: ServiceStatus['regions'] = [{ kind: 'unknown', region: aRegion, reason: 'ECS timed out' }];

    expect(statusLines([aStatus({ regions })]).at(-1)).toMatch(/^AWS was asked and said nothing of it, </);
    expect(statusLines([aStatus({ regions }), aStatus()]).at(-1)).toMatch(/^As AWS says it, </);
  });

  it('says that the last deployment was a rollback', () => {
    const last = inPhase('succeeded', { undoes: 141, plan: aPlan({ to: aRelease({ version: 'v1.0.0' }) }) });

    expect(statusLines([aStatus({ last })])[3]).toMatch(/^Last deployment: back to v1\.0\.0 by <@U0MAYA>/);
  });

  it.each(phaseKinds.filter((kind) => kind !== 'held'))('says what is under way in phase %s', (kind) => {
    expect(statusLines([aStatus({ running: inPhase(kind) })])[3]).toMatch(
      /^:hourglass_flowing_sand: Under way: .+, asked by <@U0MAYA> \(#142\)$/,
    );
  });

  it('says what waits for people or for its time, apart from what is under way', () => {
    const scheduled = inPhase('waiting', { said: 'The window is closed.' });
    const waiting = [inPhase('awaiting-approval'), { ...scheduled, number: 143, startAt: aMoment }];

    expect(statusLines([aStatus({ running: inPhase('running'), waiting })]).slice(3, 6)).toEqual([
      ':hourglass_flowing_sand: Under way: Deploying v1.1.0 to Checkout in production, asked by <@U0MAYA> (#142)',
      ':ballot_box_with_ballot: Waiting for approval: v1.1.0 for Checkout in production, asked by <@U0MAYA> (#142)',
      ':hourglass_flowing_sand: Waiting to start: v1.1.0 for Checkout in production, asked by <@U0MAYA>, scheduled for <!date^1767603600^{date_short_pretty} {time}|2026-01-05 09:00 UTC> (#143). The window is closed. It starts by itself, <!date^1767607200^{date_short_pretty} {time}|2026-01-05 10:00 UTC> at the earliest.',
    ]);
  });

  it('does not say again that what is scheduled waits for its time', () => {
    const wait: DeploymentEvent = { type: 'waiting', for: 'schedule', why: 'It is scheduled.', until: 1 };
    const waiting = [aDeployment([{ ...aRequestedEvent(), startAt: aMoment }, wait])];

    expect(statusLines([aStatus({ waiting })]).at(-2)).toMatch(/, scheduled for <!date[^>]*> \(#142\)$/u);
  });

  it('names freezes and locks at the end, a few of them', () => {
    const placed = { owner: 'U0MAYA', reason: 'The fair is on.', placedAt: aMoment, until: aMoment + 1 };
    const freezes = [{ ...placed, id: 'F1', scope: {}, from: aMoment }];
    const locks = ['L1', 'L2', 'L3', 'L4', 'L5'].map((id) => ({
      ...{ ...placed, id, environment: 'staging', service: 'api', version: 1 },
    }));

    const message = statusMessage([aStatus()], aMoment, { freezes, locks });
    const lines = readableIn(message.blocks).at(-1)?.split('\n');

    expect(objections(message, { newBlocks: false })).toEqual([]);
    expect(lines).toHaveLength(6);
    expect(lines?.[0]).toMatch(/^:snowflake: F1: Everything is frozen until <!date[^>]*>, by <@U0MAYA>\.$/u);
    expect(lines?.[1]).toMatch(/^:lock: L1: <@U0MAYA> has locked api in staging until /u);
    expect(lines?.at(-1)).toBe('and 1 more.');
  });

  it('says where nothing is deployed by itself, a few of them', () => {
    const by = { kind: 'person', userId: 'U0MAYA', via: 'command' } as const;
    const holds = ['H1', 'H2', 'H3', 'H4', 'H5'].map((id) => ({
      hold: { id, service: 'api', environment: 'staging', by, at: aMoment },
      mayResume: true,
    }));

    const message = statusMessage([aStatus()], aMoment, { holds });

    expect(objections(message, { newBlocks: false })).toEqual([]);
    const told = readableIn(message.blocks).filter((line) => line.includes('Automatic deployments'));
    expect(told).toHaveLength(4);
    expect(told.at(-1)).toContain('are held in 2 more places');
  });

  it('counts what waits beyond three of one service', () => {
    const waiting = Array.from({ length: 5 }, () => inPhase('awaiting-approval'));

    const lines = statusLines([aStatus({ waiting })]);

    expect(lines.filter((line) => line.includes('Waiting for approval'))).toHaveLength(3);
    expect(lines).toContain('2 more wait for people or for their time.');
  });

  it('says of a question where it is answered, how, and until when', () => {
    expect(statusLines([aStatus({ running: inPhase('held') })])[3]).toBe(
      ':raised_hand: Waiting for an answer: v1.1.0 on Checkout in production, asked by <@U0MAYA> (#142). Answer by <!date^1767605400^{date_short_pretty} {time}|2026-01-05 09:30 UTC> in its message in <#C0DEPLOYS>, or type `/forge resume #142` or `/forge abort #142`.',
    );
  });

  it('names every answer that a question takes, and none once it is aborted', () => {
    const question: DeploymentEvent = { ...aQuestion('Did it migrate'), doneMeans: 'It goes on.' };
    const asked = [...storyTo('running'), question];
    const line = (events: DeploymentEvent[]) => statusLines([aStatus({ running: aDeployment(events) })])[3];

    expect(line(asked)).toContain('`/forge happened #142`, `/forge resume #142` or `/forge abort #142`');
    expect(line([...asked, { type: 'abort-requested' }])).toMatch(/^:hourglass_flowing_sand: .*Aborting/u);
  });

  it('names each environment once', () => {
    const staging = anEnvironmentPolicy({ name: 'staging' });

    const statuses = [...many(2), ...many(2, { environment: staging })];

    expect(statusLines(statuses).filter((line) => line === 'production' || line === 'staging')).toEqual([
      'production',
      'staging',
    ]);
  });

  it('says that there is nothing where no services run', () => {
    expect(objections(statusMessage([], aMoment), { newBlocks: false })).toEqual([]);
    expect(statusLines([])).toEqual(['No services run here yet: the policy file names none.']);
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
    expect(viewErrors(aHome(statuses), 'home', olderWorkspace)).toEqual([]);
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
      waiting: Array.from({ length: 4 }, () => inPhase('awaiting-approval', { plan, said })),
    });

    const message = statusMessage(statuses, aMoment);
    const home = aHome(statuses);

    expect(objections(message, { newBlocks: false })).toEqual([]);
    expect(textLength(message.blocks)).toBeLessThanOrEqual(12_000);
    expect(viewErrors(home, 'home', olderWorkspace)).toEqual([]);
    expect(Buffer.byteLength(JSON.stringify(home))).toBeLessThan(250_000);
    expect(markupIn(home.blocks).flatMap(foreignMarkup)).toEqual([]);
  });
});

describe('the Home', () => {
  it('starts a deployment and shows what is live where', () => {
    const home = aHome([aStatus()]);

    expect(viewErrors(home, 'home', olderWorkspace)).toEqual([]);
    expect(readableIn(home.blocks)).toEqual(expect.arrayContaining(['Deploy…', 'Refresh', 'production']));
  });

  it('says that there are no services yet', () => {
    expect(viewErrors(aHome([]), 'home', olderWorkspace)).toEqual([]);
    expect(readableIn(aHome([]).blocks)).toContain('The policy file names no services yet.');
  });

  it('shows nothing but the reason to somebody who may not use Forge', () => {
    const home = closedHomeView('Guests of the workspace may not use Forge.');

    expect(viewErrors(home, 'home', olderWorkspace)).toEqual([]);
    expect(readableIn(home.blocks)).toEqual(['Guests of the workspace may not use Forge.']);
  });
});
