import type { Button, HomeView } from '@slack/types';
import { describe, expect, it } from 'vitest';
import { buttonsIn } from '../../sandbox/find-button.ts';
import { viewErrors } from '../../sandbox/slack/validate.ts';
import type { AutomaticHold } from '../../src/domain/automatic.ts';
import type { Deployment } from '../../src/domain/deployment.ts';
import type { Freeze } from '../../src/domain/freeze.ts';
import type { Lock } from '../../src/domain/lock.ts';
import type { Recurring } from '../../src/domain/recurring.ts';
import { aMoment, anEnvironmentPolicy, aServicePolicy } from '../builders.ts';
import { inPhase } from '../in-phase.ts';
import { aHome } from './home-content.ts';
import { hostileTexts } from './hostile.ts';
import { foreignMarkup, markupIn, readableIn } from './rules.ts';
import { aStatus } from './status-reading.ts';

const olderWorkspace = { newBlocks: false, scopes: [] };

/** Each in an environment of its own, so that each has a heading. */
const services = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    aStatus({
      service: aServicePolicy({ name: `service-${index + 1}`, title: `Service ${index + 1}` }),
      environment: anEnvironmentPolicy({ name: `environment-${index + 1}` }),
    }),
  );

function aFreeze(change: Partial<Freeze> = {}): Freeze {
  return {
    ...{ id: 'F1', scope: { environments: ['production'] }, owner: 'U0MAYA', reason: 'The fair is on.' },
    ...{ from: aMoment - 1_000, until: aMoment + 3_600_000, placedAt: aMoment - 1_000 },
    ...change,
  };
}

function aLock(change: Partial<Lock> = {}): Lock {
  return {
    ...{ id: 'L1', environment: 'staging', owner: 'U0SAM', reason: 'I look for a leak.' },
    ...{ placedAt: aMoment, until: aMoment + 3_600_000, version: 1 },
    ...change,
  };
}

function aScheduled(): Deployment {
  return { ...inPhase('waiting'), startAt: aMoment + 3_600_000 };
}

function aRecurring(): Recurring {
  return {
    ...{ id: 'R1', service: 'api', environment: 'staging', cron: '0 2 * * 1-5', zone: 'Europe/Berlin' },
    ...{ owner: 'U0MAYA', placedAt: aMoment, nextAt: aMoment + 3_600_000 },
  };
}

const words = (home: HomeView) => readableIn(home.blocks).join('\n');
const buttons = (home: HomeView): Button[] =>
  home.blocks.flatMap((block) => {
    if ('accessory' in block) return block.accessory.type === 'button' ? [block.accessory] : [];
    return 'elements' in block && block.type === 'actions'
      ? block.elements.filter((one) => one.type === 'button')
      : [];
  });

describe('a Home', () => {
  it('shows what waits for the person’s vote first, with the buttons to decide', () => {
    const waiting = inPhase('awaiting-approval');

    const home = aHome(services(1), { underWay: [waiting], votes: [waiting] });

    expect(viewErrors(home, 'home', olderWorkspace)).toEqual([]);
    expect(words(home)).toMatch(/Waiting for your vote[\s\S]*replaces[\s\S]*environment-1/u);
    const { round, digest } = waiting.approval ?? {};
    expect(
      buttons(home)
        .filter(({ action_id }) => action_id === 'approve' || action_id === 'reject')
        .map(({ value }) => JSON.parse(value ?? '')),
    ).toEqual([
      { deployment: 142, round, digest },
      { deployment: 142, round, digest },
    ]);
  });

  it('shows what waits for the person’s consent beside it, and names both', () => {
    const waiting = inPhase('awaiting-approval');
    const consents = [{ ...inPhase('waiting', { said: 'It is Saturday.' }), number: 9 }];

    const home = aHome([], { votes: [waiting], consents });

    expect(viewErrors(home, 'home', olderWorkspace)).toEqual([]);
    expect(words(home)).toMatch(
      /Waiting for your vote or consent[\s\S]*#142\*[\s\S]*Approve[\s\S]*#9\*[\s\S]*It is Saturday\.[\s\S]*Consent…/u,
    );
    expect(words(aHome([], { consents }))).toMatch(/^Waiting for your consent$/mu);
  });

  it('has no buttons to decide what is not the person’s to decide, but says that it waits', () => {
    const home = aHome([], { underWay: [inPhase('awaiting-approval')], votes: [] });

    expect(buttons(home).map(({ action_id }) => action_id)).toEqual(['deploy', 'rollback', 'home']);
    expect(words(home)).toContain('Still missing: the approval of');
  });

  it('says so when Slack does not tell what the person may decide', () => {
    expect(words(aHome([], { votes: undefined }))).toContain('Slack did not say which groups you are in');
  });

  it('names what runs, questions first, and apart from it what waits, with the reason', () => {
    const home = aHome([], {
      underWay: [
        { ...inPhase('running'), number: 7 },
        { ...inPhase('waiting'), number: 8 },
        { ...inPhase('held'), number: 9 },
      ],
    });

    expect(words(home)).toMatch(
      /Running[\s\S]*#9\*[\s\S]*Needs an answer[\s\S]*#7\*[\s\S]*Waiting[\s\S]*#8\*/u,
    );
  });

  it('does not list among what waits what waits for the person, or what they have scheduled', () => {
    const vote = { ...inPhase('awaiting-approval'), number: 7 };
    const consent = { ...inPhase('waiting'), number: 8 };
    const own = { ...aScheduled(), number: 9 };
    const another = { ...aScheduled(), number: 10 };
    const parts = { votes: [vote], consents: [consent], scheduled: [own] };

    const home = aHome([], { ...parts, underWay: [vote, consent, own, another] });

    const waiting =
      words(home)
        .split(/^Waiting$/mu)[1]
        ?.split(/^Your schedules$/mu)[0] ?? '';
    expect(waiting.match(/\*#\d+\*/gu)).toEqual(['*#10*']);
    expect(words(aHome([], { ...parts, underWay: [vote, consent, own] }))).not.toMatch(/^Waiting$/mu);
  });

  it('lists what runs though its next region waits for the person’s consent', () => {
    const running = { ...inPhase('running'), number: 7 };

    expect(words(aHome([], { underWay: [running], consents: [running] }))).toMatch(/^Running\n/mu);
  });

  it('names freezes and locks with their reasons', () => {
    const home = aHome([], { freezes: [aFreeze()], locks: [aLock()] });

    expect(words(home)).toMatch(/Freezes and locks[\s\S]*is frozen until[\s\S]*The fair is on\./u);
    expect(words(home)).toMatch(/<@U0SAM> has locked staging[\s\S]*I look for a leak\./u);
  });

  it('shows what the person has scheduled, the next first, with buttons to change or cancel it', () => {
    const later = { ...aScheduled(), number: 150, startAt: aMoment + 7_200_000 };

    const home = aHome([], { scheduled: [later, aScheduled()], recurring: [aRecurring()] });

    expect(viewErrors(home, 'home', olderWorkspace)).toEqual([]);
    expect(words(home)).toMatch(
      /Your schedules[\s\S]*\*#142\*[\s\S]*\*#150\*[\s\S]*\*R1\*, again and again: [\s\S]*every weekday at 02:00/u,
    );
    expect(
      buttons(home)
        .slice(3)
        .map(({ action_id, text }) => `${action_id} ${text.text}`),
    ).toEqual([
      ...['reschedule Change time…', 'unschedule Cancel #142'],
      ...['reschedule Change time…', 'unschedule Cancel #150', 'unschedule Cancel R1'],
    ]);
    expect(words(aHome([]))).not.toContain('Your schedules');
  });

  it('shows services page by page', () => {
    const pages = [0, 1, 2, 9].map((page) => aHome(services(43), { page }));

    expect(pages.map((home) => /Services \d+ to \d+ of 43/u.exec(words(home))?.[0])).toEqual([
      'Services 1 to 15 of 43',
      'Services 16 to 30 of 43',
      'Services 31 to 43 of 43',
      'Services 31 to 43 of 43',
    ]);
    expect(
      pages.map((home) =>
        buttons(home)
          .filter(({ text }) => ['Previous', 'Next'].includes(text.text))
          .map(({ text, value }) => `${text.text} ${value}`),
      ),
    ).toEqual([
      ['Next {"page":1}'],
      ['Previous {"page":0}', 'Next {"page":2}'],
      ['Previous {"page":1}'],
      ['Previous {"page":1}'],
    ]);
    expect(words(pages[1] ?? aHome([]))).toMatch(/Service 16\b[\s\S]*Service 30\b/u);
  });

  it('is drawn anew on the page the person is on', () => {
    const [, , refresh] = buttons(aHome(services(43), { page: 2 }));

    expect(refresh).toMatchObject({ text: { text: 'Refresh' }, value: '{"page":2}' });
  });

  it('shows first of what stands in the way where nothing is deployed by itself, with the button for who may', () => {
    const hold: AutomaticHold = {
      ...{ id: 'H1', service: 'api', environment: 'staging', deployment: 143, at: aMoment },
      by: { kind: 'person', userId: 'U0MAYA', via: 'button' },
    };
    const shown = (mayResume: boolean) => aHome([], { holds: [{ hold, mayResume }], locks: [aLock()] });

    expect(words(shown(true))).toMatch(
      /Freezes, locks and holds[\s\S]*api to staging are held since .*, by <@U0MAYA> with #143[\s\S]*:lock:/u,
    );
    expect(buttonsIn(shown(true).blocks).map(({ action_id }) => action_id)).toContain('automatic');
    expect(buttonsIn(shown(false).blocks).map(({ action_id }) => action_id)).not.toContain('automatic');
  });

  it('is taken by Slack with everything there can be on it', () => {
    const waiting = Array.from({ length: 30 }, () => inPhase('awaiting-approval'));
    const running = Array.from({ length: 30 }, () => inPhase('held'));

    const scheduled = Array.from({ length: 30 }, () => aScheduled());
    const others = waiting.map((one, index) => ({ ...one, number: 1000 + index }));

    const home = aHome(services(70), {
      ...{ page: 1, underWay: [...waiting, ...others, ...running], votes: waiting, scheduled },
      freezes: Array.from({ length: 30 }, () => aFreeze()),
      locks: Array.from({ length: 30 }, () => aLock()),
    });

    expect(viewErrors(home, 'home', olderWorkspace)).toEqual([]);
    expect(home.blocks.length).toBeLessThanOrEqual(97);
    expect(words(home)).toMatch(
      /22 more wait for your vote[\s\S]*20 more[\s\S]*22 more[\s\S]*26 more[\s\S]*52 more freezes/u,
    );
  });

  it.each(hostileTexts)('is taken where everything says %s', (_what, said) => {
    const change = { said, ...(said.trim() === '' ? {} : { why: said }) };
    const waiting = Array.from({ length: 12 }, () => inPhase('awaiting-approval', change));
    const others = Array.from({ length: 12 }, () => inPhase('waiting', change));

    const home = aHome([], {
      ...{ underWay: [...waiting, ...others], votes: waiting, titleOf: () => said },
      freezes: Array.from({ length: 12 }, () => aFreeze({ reason: said })),
      locks: [aLock({ reason: said })],
    });

    expect(viewErrors(home, 'home', olderWorkspace)).toEqual([]);
    expect(Buffer.byteLength(JSON.stringify(home))).toBeLessThan(150_000);
    expect(markupIn(home.blocks).flatMap(foreignMarkup)).toEqual([]);
  });
});
