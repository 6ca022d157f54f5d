import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Calendars, readCalendars } from '../../src/config/calendar-files.ts';
import { aCalendar, anEvent } from './calendar-text.ts';
import { changed, good, sentences, valid } from './policy-text.ts';

const people = 'people:\n  everyone: approver\n  release-managers: [U0LENA]\n';

/** The good file with somebody who may consent, and with windows. */
function windows(...lines: string[]): string {
  const section = ['    strategy: rolling', '    windows:', ...lines.map((line) => `      ${line}`)];
  return changed('    strategy: rolling', section.join('\n')).replace('people:\n', people);
}

const newYork = 'zone: America/New_York';
const weekdays = 'preferred: [Mon-Thu 10:00-16:00]';

describe('windows', () => {
  it('are none unless they are written', () => {
    expect(valid(good).environments[0]).not.toHaveProperty('windows');
  });

  it('say when deployments may begin', () => {
    const text = windows(
      newYork,
      'zones: { eu-west-1: Europe/Dublin }',
      'preferred: Mon-Thu 10:00-16:00',
      'avoided: [Fri 12:00-24:00, weekends, holidays]',
      'forbidden: [Sun 01:00-05:00]',
      'holidays: [2027-01-01, 2026-12-25, 2026-12-25]',
      'when it closes: roll back',
    );

    expect(valid(text).environments[0]?.windows).toEqual({
      zone: 'America/New_York',
      zones: { 'eu-west-1': 'Europe/Dublin' },
      preferred: [{ days: ['Mon', 'Tue', 'Wed', 'Thu'], from: 600, to: 960 }],
      avoided: [
        { days: ['Fri'], from: 720, to: 1_440 },
        { days: ['Sat', 'Sun'], from: 0, to: 1_440 },
        { days: 'holidays', from: 0, to: 1_440 },
      ],
      forbidden: [{ days: ['Sun'], from: 60, to: 300 }],
      holidays: ['2026-12-25', '2027-01-01'],
      whenItCloses: 'roll-back',
    });
  });

  it('let a deployment finish the region it is in unless they say otherwise', () => {
    const policy = valid(windows('zone: UTC', weekdays));

    expect(policy.environments[0]?.windows).toEqual({
      ...{ zone: 'UTC', zones: {}, avoided: [], forbidden: [], holidays: [] },
      preferred: [{ days: ['Mon', 'Tue', 'Wed', 'Thu'], from: 600, to: 960 }],
      whenItCloses: 'finish-region',
    });
  });

  it.each([
    [
      [weekdays],
      ['31:5 environments.staging.windows.zone: Add the time zone. Write the IANA name of a place'],
    ],
    [[newYork], ['31:5 environments.staging.windows.preferred: Add a time of the week. Write days']],
    [
      ['zone: America/NewYork', weekdays],
      [
        '32:13 environments.staging.windows.zone: "America/NewYork" is not a time zone. Did you mean `America/New_York`?',
      ],
    ],
    [
      ['zone: EST', weekdays],
      ['32:13 environments.staging.windows.zone: "EST" is not a time zone. Write the IANA name of a place'],
    ],
    [['zone: "+01:00"', weekdays], ['32:13 environments.staging.windows.zone: "+01:00" is not a time zone.']],
    [
      [newYork, 'zones: { eu-west-2: Europe/London }', weekdays],
      [
        '33:16 environments.staging.windows.zones.eu-west-2: No service runs in eu-west-2 in staging. Did you mean `eu-west-1`?',
      ],
    ],
    [
      [newYork, 'prefered: Mon', weekdays],
      [
        '33:7 environments.staging.windows.prefered: Nothing here is called `prefered`. Did you mean `preferred`?',
      ],
    ],
    [
      [newYork, 'preferred: [Mon-Thu 10-16]'],
      ['33:19 environments.staging.windows.preferred[0]: "Mon-Thu 10-16" is not a time of the week.'],
    ],
    [
      [newYork, 'preferred: [Mon, Wed 10:00-11:00]'],
      ['33:19 environments.staging.windows.preferred[0]: Mon alone means the whole day.'],
    ],
    [
      [newYork, weekdays, 'forbidden: [holidays 20:00-06:00]', 'holidays: [2026-12-25]'],
      ['34:19 environments.staging.windows.forbidden[0]: The morning after a holiday is an ordinary one'],
    ],
    [
      [newYork, 'preferred: [Sat 10:00-16:00]', 'avoided: weekends'],
      ['33:7 environments.staging.windows.preferred: No deployment could ever go by itself'],
    ],
    [
      [newYork, weekdays, 'holidays: [2026-12-25]'],
      [
        '34:7 environments.staging.windows.holidays: Nothing would come of this: no times are those of holidays.',
      ],
    ],
    [
      [newYork, weekdays, 'avoided: holidays'],
      ['34:7 environments.staging.windows.avoided: Which days are holidays is not said.'],
    ],
    [
      [newYork, weekdays, 'avoided: holidays', 'holidays: [2026-02-30]'],
      ['35:18 environments.staging.windows.holidays[0]: "2026-02-30" is not in the calendar.'],
    ],
    [
      [newYork, weekdays, 'avoided: holidays', 'holidays: [Christmas]'],
      [
        '35:18 environments.staging.windows.holidays[0]: "Christmas" is not a holiday. Write a date like 2026-12-25',
      ],
    ],
    [
      [newYork, weekdays, 'when it closes: stop'],
      [
        '34:23 environments.staging.windows."when it closes": "stop" is no answer to that. Write finish region, hold, roll back.',
      ],
    ],
  ])('that cannot be kept are refused: %j', (lines, expected) => {
    expect(sentences(windows(...lines))).toEqual(
      expected.map((start) => expect.stringContaining(`forge.yml:${start}`)),
    );
  });

  it('are refused where nobody could consent to other times', () => {
    const text = windows(newYork, weekdays).replace('  release-managers: [U0LENA]\n', '');

    expect(sentences(text)).toEqual([
      expect.stringMatching(
        /environments\.staging\.windows: Nobody may consent to deployments of api and mailer at other than preferred times\. Name release-managers/u,
      ),
    ]);
  });
});

const withCalendar = windows(newYork, weekdays, 'avoided: holidays', 'holidays: [2026-12-24, holidays.ics]');

describe('holidays in a calendar file', () => {
  it('are read from the folder of the policy file and stand beside the dates', async () => {
    const calendars = await calendarsIn({
      'holidays.ics': aCalendar(anEvent('Christmas', 'DTSTART;VALUE=DATE:20261225')),
    });

    expect(valid(withCalendar, calendars).environments[0]?.windows?.holidays).toEqual([
      '2026-12-24',
      '2026-12-25',
    ]);
  });

  it('change what a decision was made under only when their days do', async () => {
    const christmas = anEvent('Christmas', 'DTSTART;VALUE=DATE:20261225');
    const renamed = anEvent('25 December', 'DTSTART;VALUE=DATE:20261225');
    const [one, same, other] = await Promise.all(
      [
        aCalendar(christmas),
        aCalendar(renamed),
        aCalendar(christmas, anEvent('New Year', 'DTSTART;VALUE=DATE:20270101')),
      ].map(async (text) => valid(withCalendar, await calendarsIn({ 'holidays.ics': text })).version),
    );

    expect(same).toBe(one);
    expect(other).not.toBe(one);
  });

  it('are missed by name where there is no such file', async () => {
    expect(sentences(withCalendar, await calendarsIn({}))).toEqual([
      expect.stringMatching(
        /^forge\.yml:35:30 environments\.staging\.windows\.holidays\[1\]: holidays\.ics: It cannot be read \(ENOENT.*\)\. Put it beside the policy file/u,
      ),
    ]);
  });

  it('are told with what is wrong in the file', async () => {
    const party = anEvent('Party', 'DTSTART:20261218T140000', 'DTEND:20261218T180000');
    const alone = withCalendar.replace('[2026-12-24, holidays.ics]', 'holidays.ics');

    expect(sentences(alone, await calendarsIn({ 'holidays.ics': aCalendar(party) }))).toEqual([
      expect.stringMatching(
        /^forge\.yml:35:17 environments\.staging\.windows\.holidays: holidays\.ics: The event “Party” has times of day/u,
      ),
    ]);
  });
});

/** As Forge reads them: from the folder a policy file lies in. */
async function calendarsIn(files: Record<string, string>): Promise<Calendars> {
  const folder = await mkdtemp(join(tmpdir(), 'forge-policy-'));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  onTestFinished(() => rm(folder, { recursive: true }));
  return readCalendars(withCalendar, join(folder, 'forge.yml'));
}
