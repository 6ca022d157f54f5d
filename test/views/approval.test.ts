import { describe, expect, it } from 'vitest';
import { buttonsIn } from '../../sandbox/find-button.ts';
import { expectedSeconds } from '../../src/domain/estimate.ts';
import type { DeploymentEvent, RecordedEvent } from '../../src/domain/events.ts';
import { deploymentOf } from '../../src/domain/evolve.ts';
import type { PeoplePolicy } from '../../src/domain/people-policy.ts';
import { approvalBlocks, approvalLines, goesOut, mayVote, voteButtons } from '../../views/approval.ts';
import { askedNow } from '../../views/approval-words.ts';
import { threadLine } from '../../views/thread-lines.ts';
import {
  aLive,
  aMoment,
  aPeoplePolicy,
  aPlan,
  aRecordedEvent,
  aRegion,
  aRelease,
  aRequestedEvent,
} from '../builders.ts';
import { anAsking } from '../in-phase.ts';
import { aCanary } from './canary.ts';
import { withDatesRead } from './message-reading.ts';
import { readableIn } from './rules.ts';

const people = aPeoplePolicy({
  everyone: 'deployer',
  roles: { 'release-manager': ['U0MAYA', 'U0LEO', 'S0RELEASE'], 'incident-commander': ['U0DANA'] },
  groups: { security: ['U0PRIYA', 'eve@example.com'] },
});
const needs = [
  { from: 'release-manager', count: 2 },
  { from: 'security', count: 1 },
];
const asked: DeploymentEvent = { ...anAsking(), needs };
const changes = ['eu-west-1 runs v1.0.1 <!channel> now instead of v1.0.0.'];
const askedAgain: DeploymentEvent = { ...asked, round: 2, digest: 'd2', changes };

const shownTo = { title: 'Checkout', people, expected: expectedSeconds(aPlan(), undefined) };

type Happened = { event: DeploymentEvent; of?: string; why?: string };

function recordedAll(story: readonly Happened[]): RecordedEvent[] {
  return [{ event: aRequestedEvent() }, ...story].map(({ event, of, why }: Happened, index) =>
    aRecordedEvent(event, {
      version: index + 1,
      ...(of === undefined ? {} : { by: { kind: 'person' as const, userId: of, via: 'button' as const } }),
      ...(why === undefined ? {} : { why }),
    }),
  );
}

function happened(...story: Happened[]) {
  const deployment = deploymentOf(recordedAll(story));
  if (deployment === undefined) throw new Error('Nothing was asked for');
  return deployment;
}

/** What the thread says of the last of it. */
function lineAfter(...story: Happened[]): string {
  const last = recordedAll(story).at(-1);
  if (last === undefined) throw new Error('Nothing happened');
  const called = { title: 'Checkout', admins: [], commanders: [], policy: people };
  return threadLine(last, happened(...story), called, { failed: [] })?.text ?? '';
}

function vote(of: string, countsFor: string[], verdict: 'approve' | 'reject' = 'approve'): Happened {
  return { of, event: { type: 'voted', round: 1, verdict, countsFor } };
}

describe('what a message says of its approval', () => {
  it('is who must, until when, who has, and whom to ask for what is missing, but not who asked for it', () => {
    const lines = approvalLines(happened({ event: asked }, vote('U0LEO', ['release-manager'])), people);

    expect(lines[0]).toMatch(/\*Needs the approval of 2 release managers and 1 of security\* by <!date/);
    expect(lines.slice(1)).toEqual([
      expect.stringMatching(/^• <@U0LEO> approved it, /),
      '• Still missing: 1 release manager; ask <!subteam^S0RELEASE>',
      '• Still missing: 1 of security; ask <@U0PRIYA> or eve@example.com',
    ]);
  });

  it('is what has changed where people are asked again, and nothing of earlier votes', () => {
    const again = happened({ event: asked }, vote('U0LEO', ['release-manager']), { event: askedAgain });

    const words = approvalLines(again, people).join('\n');

    expect(words).toContain('*Something has changed, so earlier votes do not count any more:*');
    expect(words).toMatch(
      /eu-west-1 runs v1\.0\.1 &lt;!channel&gt; now instead of v1\.0\.0\.\n\*Where it stands now:\*\n• Still/u,
    );
    expect(words).not.toContain('approved it');
  });

  it('is also why somebody approved it, as they wrote it', () => {
    const approved = { ...vote('U0LEO', ['release-manager']), why: 'tested on\n*staging* <!here>' };
    const line = /^• <@U0LEO> approved it, <!date[^>]*>: tested on \*staging\* &lt;!here&gt;$/mu;

    expect(approvalLines(happened({ event: asked }, approved), people).join('\n')).toMatch(line);
    expect(readableIn(approvalBlocks(happened({ event: asked }, approved), shownTo)).join('\n')).toMatch(
      line,
    );
  });

  it('tells the times that are known of the last deployment, where they are', () => {
    const expected = Object.fromEntries(aPlan().steps.map(({ id }) => [id, 1200]));

    const words = readableIn(approvalBlocks(happened({ event: asked }), { ...shownTo, expected })).join('\n');

    expect(words).toMatch(
      /it takes about 40 min of machine time.*putting v1\.0\.0 back takes about 40 min\./su,
    );
  });

  it('is also what it would mean, as everybody else is shown it who is asked', () => {
    const words = readableIn(approvalBlocks(happened({ event: asked }), shownTo)).join('\n');

    expect(words).toMatch(/takes about 3 min.*Who is affected: .*It can be undone: .*Still missing/su);
  });

  it('is afterwards only who has let it go', () => {
    const started = happened({ event: asked }, vote('U0LEO', ['release-manager']), {
      event: { type: 'started' },
    });

    const words = readableIn(approvalBlocks(started, shownTo)).join('\n');

    expect(words).toMatch(/^• <@U0LEO> approved it, /);
    expect(words).not.toContain('Still missing');
  });

  it('is also who consented to its time, when and why', () => {
    const consent = { event: { type: 'consented' as const }, of: 'U0LEO', why: 'it is *quiet* <!here>' };
    const line = /^• <@U0LEO> consented to its time, <!date[^>]*>: it is \*quiet\* &lt;!here&gt;$/mu;

    expect(readableIn(approvalBlocks(happened(consent), shownTo)).join('\n')).toMatch(line);
    expect(approvalLines(happened({ event: asked }, consent), people).join('\n')).toMatch(line);
  });

  it('is no rejection afterwards: that is told with its reason', () => {
    const rejected = happened({ event: asked }, vote('U0PRIYA', ['security'], 'reject'), {
      event: { type: 'rejected' },
    });

    expect(approvalBlocks(rejected, shownTo)).toEqual([]);
  });

  it('is nothing where nobody was asked or voted, or it is being aborted', () => {
    expect(approvalBlocks(happened(), shownTo)).toEqual([]);
    expect(approvalBlocks(happened({ event: asked }, { event: { type: 'started' } }), shownTo)).toEqual([]);
    expect(
      approvalBlocks(happened({ event: asked }, { event: { type: 'abort-requested' } }), shownTo),
    ).toEqual([]);
    expect(approvalLines(happened(), people)).toEqual([]);
  });
});

describe('a change of its time', () => {
  it('is told in each reader’s own', () => {
    const change = 'It starts on 2026-01-06 at 02:00 UTC instead of 2026-01-06 at 01:00 UTC.';
    const anew = happened({ event: asked }, { event: { ...askedAgain, changes: [change] } });

    const words = approvalLines(anew, people).join('\n');

    expect(words).toMatch(/It starts on <!date\^\d+\^[^>]*> instead of <!date/u);
    expect(words).not.toContain(' at 02:00 UTC');
  });
});

describe('what people are shown before they decide', () => {
  it('is what replaces what where, how long it takes and how it is undone', () => {
    expect(goesOut(happened(), 'Checkout').map(withDatesRead)).toEqual([
      '*v1.1.0* replaces *v1.0.0* on *Checkout in production*, by rolling, in eu-west-1.',
      'Asked by <@U0MAYA>, 2026-01-05 09:00 UTC.',
      'Once it starts, it takes about 3 min of machine time.',
      expect.stringMatching(/^Who is affected: everyone who uses Checkout in production, /u),
      'It can be undone: putting v1.0.0 back takes about 3 min.',
      'Forge has not seen what is new in the code: ask <@U0MAYA>.',
    ]);
  });

  it('is nothing about its start once it has started', () => {
    const started = happened({ event: { type: 'started' } });

    expect(goesOut(started, 'Checkout').join('\n')).not.toContain('Once it starts');
    expect(goesOut(started, 'Checkout').join('\n')).toContain('It can be undone');
  });

  it('is when it is done where it is scheduled, and how fast it is undone in colours', () => {
    const startAt = aMoment + 3_600_000;
    const told = goesOut({ ...happened(), startAt, plan: aCanary() }, 'Checkout').map(withDatesRead);

    expect(told[2]).toMatch(
      /^It is scheduled: it starts 2026-01-05 10:00 UTC, takes about .* and is done about 2026-01-05 10:\d\d UTC\.$/u,
    );
    expect(told).toContain(
      'It can be undone: all traffic is back on v1.0.0 within seconds as long as that is kept warm, afterwards in about 3 min.',
    );
  });
});

describe('the buttons to vote', () => {
  it('carry the round and the digest of what is shown', () => {
    const again = happened({ event: asked }, { event: askedAgain });

    const values = voteButtons(again, 'Checkout').map(({ action_id, value }): unknown[] => [
      action_id,
      JSON.parse(value ?? ''),
    ]);

    expect(values).toEqual([
      ['approve', { deployment: 142, round: 2, digest: 'd2' }],
      ['reject', { deployment: 142, round: 2, digest: 'd2' }],
    ]);
  });

  it('ask once more before they approve, and say what that does', () => {
    const [approve] = buttonsIn([
      { type: 'actions', elements: voteButtons(happened({ event: asked }), 'Checkout') },
    ]);

    expect(readableIn(approve).join(' / ')).toContain(
      'v1.1.0 replaces v1.0.0 on Checkout in production as soon as everybody who must has approved it.',
    );
  });

  it('say what they do to the end, however long names are, also of what is scheduled', () => {
    const version = '20260105-release-candidate-'.repeat(5);
    const plan = aPlan({ from: { [aRegion]: aLive({ version }) }, to: aRelease({ version }) });
    const title = 'The service with the longest of all titles '.repeat(2);

    for (const startAt of [{}, { startAt: aMoment }]) {
      const [approve] = voteButtons({ ...happened({ event: asked }), plan, ...startAt }, title);

      expect(readableIn(approve)).toContainEqual(
        expect.stringMatching(/Everybody sees that you approved it\.$/u),
      );
    }
  });

  it('are not there before people are asked and after they were', () => {
    expect(voteButtons(happened(), 'Checkout')).toEqual([]);
    expect(voteButtons(happened({ event: asked }, { event: { type: 'started' } }), 'Checkout')).toEqual([]);
  });
});

describe('who may vote', () => {
  it('is everybody of the roles and groups that are asked, also of greater roles, but not who asked for it', () => {
    expect(mayVote(happened({ event: asked }), people)).toEqual([
      ...['U0LEO', 'S0RELEASE', 'U0DANA', 'U0PRIYA', 'eve@example.com'],
    ]);
  });

  it('is everyone where policy gives everyone the role', () => {
    const all: PeoplePolicy = aPeoplePolicy({ everyone: 'release-manager' });

    expect(mayVote(happened({ event: asked }), all)).toBe('everyone');
  });

  it('is nobody where nobody was asked', () => {
    expect(mayVote(happened(), people)).toEqual([]);
  });

  it('is called only while they are still missing, each once', () => {
    const { approval, ...place } = happened({ event: asked }, vote('U0PRIYA', ['security']));
    if (approval === undefined) throw new Error('Nobody was asked');

    expect(askedNow(approval, place, people)).toEqual(['<@U0LEO>', '<!subteam^S0RELEASE>']);
  });
});

describe('whom to ask for a need', () => {
  it('is who has a greater role where nobody has the role itself, or nobody but who asked for it', () => {
    const named = (roles: PeoplePolicy['all']['roles']) => {
      const { approval, ...place } = happened({ event: { ...asked, excluded: ['U0MAYA'] } });
      if (approval === undefined) throw new Error('Nobody was asked');
      return askedNow(approval, place, aPeoplePolicy({ everyone: 'deployer', roles }));
    };

    expect(named({ 'incident-commander': ['U0DANA'] })).toEqual(['<@U0DANA>']);
    expect(named({ 'release-manager': ['U0MAYA'], 'incident-commander': ['U0DANA'] })).toEqual(['<@U0DANA>']);
    expect(named({ 'release-manager': ['U0LEO'], 'incident-commander': ['U0DANA'] })).toEqual(['<@U0LEO>']);
  });

  it('is nobody by name where policy gives everyone the role', () => {
    const { approval, ...place } = happened({ event: { ...asked, needs: needs.slice(0, 1) } });
    if (approval === undefined) throw new Error('Nobody was asked');
    const all = aPeoplePolicy({ everyone: 'release-manager', roles: { 'incident-commander': ['U0DANA'] } });

    expect(askedNow(approval, place, all)).toEqual([]);
  });
});

describe('the thread', () => {
  it('calls those who must approve', () => {
    expect(lineAfter({ event: asked })).toMatch(
      /<@U0LEO> <!subteam\^S0RELEASE> <@U0PRIYA> eve@example\.com Please look at v1\.1\.0 for Checkout in production: it needs the approval of 2 release managers and 1 of security by /,
    );
  });

  it('calls them again with what has changed', () => {
    expect(lineAfter({ event: asked }, { event: askedAgain })).toMatch(
      /<@U0LEO>.*v1\.1\.0 for Checkout in production has to be approved again by .*, earlier votes do not count any more\. What has changed:\n• .*eu-west-1 runs v1\.0\.1/su,
    );
  });

  it('reminds those who are missing', () => {
    const line = lineAfter({ event: asked }, vote('U0PRIYA', ['security']), {
      event: { type: 'approval-reminded' },
    });

    expect(line).toMatch(
      /<@U0LEO> <!subteam\^S0RELEASE> Still missing: the approval of 2 release managers\./,
    );
    expect(line).not.toContain('U0PRIYA');
  });

  it('tells every vote, and what is missing then', () => {
    expect(lineAfter({ event: asked }, vote('U0PRIYA', ['security']))).toBe(
      '<@U0PRIYA> approved it. Still missing: 2 release managers.',
    );
    expect(
      lineAfter({ event: { ...anAsking(), deadline: aMoment } }, vote('U0LEO', ['release-manager'])),
    ).toBe('<@U0LEO> approved it. Nobody else has to.');
  });

  it('tells why somebody approved it', () => {
    const approved = { ...vote('U0PRIYA', ['security']), why: 'tested on staging' };

    expect(lineAfter({ event: asked }, approved)).toBe(
      '<@U0PRIYA> approved it. Still missing: 2 release managers.\n> tested on staging',
    );
  });

  it('reminds whoever decided an emergency of the review, and those on duty, each once', () => {
    const declared: DeploymentEvent = { type: 'emergency-declared', digest: 'd1' };

    expect(
      lineAfter({ event: asked }, { event: declared, of: 'U0DANA' }, { event: { type: 'review-reminded' } }),
    ).toBe(
      ':memo: <@U0DANA> <@U0MAYA> The review of this emergency is not written yet: `/forge review #142`.',
    );
    expect(lineAfter({ event: asked }, { event: declared }, { event: { type: 'review-reminded' } })).toBe(
      ':memo: <@U0MAYA> The review of this emergency is not written yet: `/forge review #142`.',
    );
  });

  it('tells who rejected it, and why', () => {
    const rejected = { ...vote('U0PRIYA', ['security'], 'reject'), why: 'it is Friday' };

    expect(lineAfter({ event: asked }, rejected)).toBe('<@U0PRIYA> rejected it:\n> it is Friday');
  });
});
