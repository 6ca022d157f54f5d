import { describe, expect, it } from 'vitest';
import { plainText } from '../../sandbox/plain-text.ts';
import type { Deployment } from '../../src/domain/deployment.ts';
import type { DeploymentEvent } from '../../src/domain/events.ts';
import { deploymentButtons } from '../../views/deployment-buttons.ts';
import { ownerBlocks, ownersOf } from '../../views/owner-question.ts';
import { recurringProblemMessage } from '../../views/recurring.ts';
import { scheduleList } from '../../views/schedules.ts';
import { threadLine } from '../../views/thread-lines.ts';
import { zonedTime, zonedTimes } from '../../views/zoned-time.ts';
import {
  aDeployment,
  aMoment,
  anEnvironmentPolicy,
  aPeoplePolicy,
  aPolicy,
  aRecordedEvent,
  aRequestedEvent,
} from '../builders.ts';

const startAt = aMoment + 3_600_000;
const hostile = '<@U0SAM> has frozen <!channel> & more';
const asked: Extract<DeploymentEvent, { type: 'owner-asked' }> = {
  type: 'owner-asked',
  changes: [hostile],
  startsAt: startAt,
  deadline: startAt,
};
const rescheduled: DeploymentEvent = { type: 'rescheduled', startAt };
const waiting: DeploymentEvent = {
  type: 'waiting',
  for: 'schedule',
  why: 'It is scheduled.',
  until: startAt,
};

function scheduled(...events: DeploymentEvent[]): Deployment {
  return aDeployment([aRequestedEvent({ startAt }), ...events]);
}

function line(event: DeploymentEvent, deployment = scheduled(event)): string | undefined {
  const people = { title: 'Checkout', admins: [], commanders: [], policy: aPeoplePolicy() };
  return threadLine(aRecordedEvent(event, { version: 2 }), deployment, people)?.text;
}

function buttons(deployment: Deployment): string {
  const view = { deployment, title: 'Checkout', undoSeconds: 1, now: aMoment, people: aPeoplePolicy() };
  return plainText(deploymentButtons(view)).join('\n');
}

describe('the thread of a scheduled deployment', () => {
  it('calls its owner, with what is different, harmlessly, and until when to answer', () => {
    const text = line(asked);

    expect(text).toMatch(/^:calendar: <@U0MAYA> v1\.1\.0 for .* is not as it was scheduled:/u);
    expect(text).toContain('• <@U0SAM> has frozen &lt;!channel&gt; &amp; more');
    expect(text).toMatch(/Without an answer it does not start\.$/u);
  });

  it('tells its owner of one that cannot start as it is what to do, and when that is mended', () => {
    const problem = { about: 'image', says: hostile } as const;
    const event: DeploymentEvent = { ...asked, problem };

    expect(line(event)).toMatch(
      /Once that is mended, press “Look again and start” above by .*; or set another time, or abort it\. Without an answer/u,
    );
    expect(line({ type: 'owner-not-needed' }, scheduled(event))).toMatch(/nobody has to answer any more\.$/u);
    expect(buttons(scheduled(event))).toContain('Look again and start');
    expect(buttons(scheduled(event))).not.toContain('Start as it is now');
    expect(plainText(ownerBlocks(scheduled(event))).join('\n')).toMatch(
      /must say by .* what is to become of it.*has frozen/su,
    );
  });

  it('reminds its owner, and says who answered or set another time', () => {
    expect(line({ type: 'owner-reminded' }, scheduled(asked))).toMatch(
      /<@U0MAYA> Still waiting for your answer/u,
    );
    expect(line({ type: 'owner-reminded' })).toMatch(/does not start\.$/u);
    expect(line({ type: 'owner-confirmed', digest: 'd' })).toBe(
      ':calendar: <@U0MAYA> lets it start as it is now.',
    );
    expect(line(rescheduled)).toMatch(/^:calendar: <@U0MAYA> set another time/u);
  });

  it('does not tell twice that its owner is asked', () => {
    expect(line({ type: 'waiting', for: 'owner', why: 'x' })).toBeUndefined();
    expect(line(waiting)).toMatch(/It is scheduled\. It starts by itself/u);
  });
});

describe('the message of a scheduled deployment', () => {
  it('has a button to change its time, and one for its owner only while that is asked', () => {
    expect(buttons(scheduled(waiting))).toContain('Change time…');
    expect(buttons(scheduled(waiting))).not.toContain('Start as it is now');
    expect(buttons(scheduled(waiting, asked))).toMatch(/Start as it is now.*only @U0MAYA/su);
    expect(buttons(aDeployment([waiting]))).not.toContain('Change time…');
  });

  it('says what is different', () => {
    expect(plainText(ownerBlocks(scheduled(asked))).join('\n')).toMatch(
      /not as it was scheduled.*has frozen/su,
    );
    expect(ownerBlocks(scheduled())).toEqual([]);
  });

  it('names who may answer: who asked for it and who set its time last', () => {
    expect(ownersOf(scheduled())).toEqual(['U0MAYA']);
    expect(ownersOf({ ...scheduled(), lastEditor: 'U0LEO' })).toEqual(['U0MAYA', 'U0LEO']);
    expect(ownersOf({ ...scheduled(), requestedBy: { kind: 'job', run: 'r' } })).toEqual([]);
  });
});

describe('the list of what is scheduled', () => {
  const policy = aPolicy({ services: [], environments: [anEnvironmentPolicy()] });

  it('has the next first, and counts what does not fit', () => {
    const many = Array.from({ length: 20 }, (_, index) => ({
      ...{ ...scheduled(waiting), number: index + 1, startAt: startAt - index },
    }));

    const words = plainText(scheduleList({ scheduled: many, recurring: [] }, policy).blocks).join('\n');

    expect(words).toMatch(/^20 deployments are scheduled\./u);
    expect(words.indexOf('#20')).toBeLessThan(words.indexOf('#19'));
    expect(words).toContain('5 more');
  });

  it('says what recurs and why it was not started the last time', () => {
    const recurring = {
      ...{
        id: 'R1',
        service: 'api',
        environment: 'staging',
        cron: '0 2 * * *',
        zone: 'UTC',
        owner: 'U0MAYA',
      },
      ...{ placedAt: aMoment, nextAt: startAt, problem: { at: aMoment, reason: hostile } },
    };

    const words = plainText(scheduleList({ scheduled: [], recurring: [recurring] }, policy).blocks).join(
      '\n',
    );
    const told = recurringProblemMessage(recurring, hostile).text;

    expect(words).toMatch(/Nothing is scheduled for one time.*R1.*Not started/su);
    expect(told).toMatch(
      /R1.*was not started this time: <@U0SAM> has frozen &lt;!channel&gt;.*The next time is/u,
    );
    expect(
      recurringProblemMessage({ ...recurring, cancelled: { at: 1, by: { kind: 'job', run: 'r' } } }, 'x')
        .text,
    ).not.toContain('next time');
  });
});

describe('a time in words', () => {
  it('names day, time, offset and zone', () => {
    expect(zonedTime(aMoment, 'Asia/Kolkata')).toBe('Mon, 5 Jan 2026, 14:30 GMT+5:30 (Asia/Kolkata)');
    expect(zonedTimes(aMoment, ['UTC', 'UTC'])).toEqual(['Mon, 5 Jan 2026, 09:00 UTC']);
  });
});
