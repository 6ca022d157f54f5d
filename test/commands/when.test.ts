import { describe, expect, it } from 'vitest';
import type { WindowPolicy } from '../../src/domain/calendar/window.ts';
import type { Policy } from '../../src/domain/policy.ts';
import { policy } from '../scenarios/company.ts';
import { TestDesk } from './front-desk.ts';

/** In Dublin a working day is from 10 to 16, in New York too, by the clock there; nights are forbidden. */
const windows: WindowPolicy = {
  zone: 'America/New_York',
  zones: { 'eu-west-1': 'Europe/Dublin' },
  preferred: [{ days: ['Mon', 'Tue', 'Wed', 'Thu'], from: 600, to: 960 }],
  avoided: [{ days: ['Sat', 'Sun'], from: 0, to: 1_440 }],
  forbidden: [{ days: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri'], from: 0, to: 360 }],
  holidays: [],
  whenItCloses: 'finish-region',
};

function withWindows(change: Partial<WindowPolicy> = {}): Policy {
  return {
    ...policy,
    environments: policy.environments.map((one) =>
      one.name === 'production' ? { ...one, windows: { ...windows, ...change } } : one,
    ),
  };
}

/** What dates of Slack say where it cannot show them: UTC. */
function plain(text: string): string[] {
  return text.replaceAll(/<!date\^\d+\^[^|]*\|([^>]*)>/gu, '$1').split('\n');
}

async function answerTo(words: string, desk = new TestDesk({ policy: withWindows() })) {
  return plain((await desk.types(words)).text);
}

describe('when', () => {
  it('says yes for an environment without windows, with the end that is planned', async () => {
    expect(await answerTo('when staging')).toEqual([
      '*Deploying to staging, started now*',
      '• *us-east-1*: yes. Done about 2026-01-05 09:02 UTC.',
    ]);
  });

  it('answers region by region, each for when it would be reached, by its own clock', async () => {
    expect(await answerTo('when production tomorrow 16:30')).toEqual([
      '*Deploying to production, started 2026-01-06 15:30 UTC*',
      '• *us-east-1*: yes, it may begin until 2026-01-06 21:00 UTC. Done about 2026-01-06 15:32 UTC.',
      '• *eu-west-1*, reached about 2026-01-06 15:32 UTC: yes, it may begin until 2026-01-06 16:00 UTC. Done about 2026-01-06 15:35 UTC.',
    ]);
  });

  it('where it must wait says for what and until when, and plans what follows after that', async () => {
    expect(await answerTo('when api production')).toEqual([
      '*Deploying api to production, started now*',
      '• *us-east-1*: it must wait until 2026-01-05 15:00 UTC. It is a forbidden time for us-east-1 in production by the clock of America/New_York: nothing starts but an emergency. Done about 2026-01-05 15:02 UTC.',
      '• *eu-west-1*, reached about 2026-01-05 15:02 UTC: yes, it may begin until 2026-01-05 16:00 UTC. Done about 2026-01-05 15:05 UTC.',
    ]);
  });

  it('where it needs consent says when it may without, and the end with it', async () => {
    const [, first = ''] = await answerTo('when production Saturday 12:00');

    expect(first).toMatch(
      /^• \*us-east-1\*: it needs consent\. It is a time to avoid .* consent of a release manager\./u,
    );
    expect(first).toContain(
      'With consent it would be done about 2026-01-10 11:02 UTC. Without consent it may start from 2026-01-12 15:00 UTC.',
    );
  });

  it('that nobody knows, says so', async () => {
    const never = { preferred: [], forbidden: windows.forbidden };
    const lines = await answerTo('when production', new TestDesk({ policy: withWindows(never) }));

    expect(lines[1]).toMatch(/it must wait for more than a year/u);
    expect(lines[2]).toBe('• *eu-west-1*: nobody knows, since nobody knows when it is reached.');
  });

  it('holds up for freezes, and for locks of others, and tells of all that are there', async () => {
    const desk = new TestDesk();
    await desk.types('freeze production until 12:00 because of the sale');
    await desk.types('lock api staging until 18:00 because x', 'U0SAM');

    const { text } = await desk.types('when production');
    expect(plain(text)[1]).toMatch(
      /it must wait until 2026-01-05 11:00 UTC\. <@U0MAYA> has frozen everything in production: of the sale\./u,
    );
    expect((await desk.types('when api staging')).text).toMatch(
      /must wait .*<@U0SAM> has locked api in staging/u,
    );
    expect((await desk.types('when api staging', 'U0SAM')).text).toMatch(/: yes\. Done/u);
    const all = await desk.types('when staging');
    expect(all.text).toMatch(/: yes\. Done/u);
    expect(all.words).toContain('has locked api in staging');
  });

  it('says what is under way there, since another one has to wait for it', async () => {
    const desk = new TestDesk();
    await desk.types('deploy api staging');
    const checked = await answerTo('when staging', desk);
    await desk.happens(1, { type: 'checking' }, { type: 'started' });

    expect(checked[1]).toMatch(
      /#1, a deployment of .*, is being checked there now: another one has to wait/u,
    );
    for (const words of ['when staging', 'when api staging']) {
      expect((await answerTo(words, desk))[1]).toMatch(
        /^:hourglass_flowing_sand: #1, a deployment of .*, is under way there now: another one has to wait until it is done\.$/u,
      );
    }
    expect((await answerTo('when production', desk)).join()).not.toContain('#1');
    expect((await answerTo('when billing-worker staging', desk)).join()).not.toContain('#1');
  });

  it('says nothing of what waits for people or for its time: it holds up nobody', async () => {
    const desk = new TestDesk();
    await desk.types('deploy api staging');
    await desk.happens(1, { type: 'waiting', for: 'freeze', why: 'It is frozen.' });

    expect((await answerTo('when staging', desk)).join()).not.toContain('#1');
  });

  it.each([
    ['when', /^Which environment\? Type `\/forge when staging` or `\/forge when production`/u],
    ['when tomorrow 10:00', /^Which environment\?/u],
    ['when producton', /Did you mean `production`/u],
    ['when production sometime', /not sure what time “sometime” is/u],
    ['when production 2026-03-29 02:30', /there is no “2026-03-29 02:30”/u],
    ['when production yesterday 10:00', /not sure what time/u],
    ['when production 2026-01-04 10:00', /That time is past/u],
    ['when production staging', /^Which one do you mean, production or staging/u],
    ['when billing-worker production', /does not run in production/u],
  ])('“%s” is answered with what next', async (words, sentence) => {
    expect((await new TestDesk().types(words)).words).toMatch(sentence);
  });

  it('at a time that comes twice asks which is meant', async () => {
    const desk = new TestDesk();

    const { words } = await desk.types('when production 2026-10-25 02:30');

    expect(words).toMatch(/comes twice\. Which one do you mean\?/u);
    expect(words).toContain('The first time');
  });
});
