import { describe, expect, it } from 'vitest';
import type { DeploymentEvent } from '../../src/domain/events.ts';
import { threadLine } from '../../views/thread-lines.ts';
import { aDeployment, aMoment, aPeoplePolicy, aRecordedEvent, aRequestedEvent } from '../builders.ts';
import { aCanary, baking, done } from './canary.ts';
import { aHome } from './home-content.ts';
import { linesAfter, titleAfter, withDatesRead, wordsAfter } from './message-reading.ts';
import { markupIn } from './rules.ts';
import { aStatus, statusLines } from './status-reading.ts';
import { lastLineAfter } from './thread-reading.ts';

type Waiting = Extract<DeploymentEvent, { type: 'waiting' }>;

const until = aMoment + 3_600_000;
const mentioning = '<@U0RAVI> has frozen everything: the sale';

function waiting(change: Partial<Waiting> = {}): DeploymentEvent[] {
  return [
    aRequestedEvent(),
    { type: 'checking' },
    { type: 'waiting', for: 'freeze', why: mentioning, until, ...change },
  ];
}

const homeOf = (events: DeploymentEvent[]) => markupIn(aHome([], { underWay: [aDeployment(events)] }).blocks);
const statusOf = (events: DeploymentEvent[]) => statusLines([aStatus({ waiting: [aDeployment(events)] })]);

describe('a deployment that waits to start', () => {
  it('says why, and calls who is named, in its message, the thread, the Home and the status', () => {
    const told = '<@U0RAVI> has frozen everything: the sale. It starts by itself';

    expect(wordsAfter(waiting()).join('\n')).toContain(`*It waits:* ${told}`);
    expect(lastLineAfter(waiting())).toContain(told);
    expect(homeOf(waiting()).join('\n')).toContain(told);
    expect(statusOf(waiting()).join('\n')).toContain(told);
  });

  it('shows what somebody typed as it is, and calls nobody in it', () => {
    const typed = waiting({ why: 'Ravi has frozen everything: *<!channel>* & <@U0EVIL|x> </> <!here>' });
    const shown = '*&lt;!channel&gt;* &amp; &lt;@U0EVIL|x&gt; &lt;/&gt; &lt;!here&gt;';

    for (const words of [wordsAfter(typed), [lastLineAfter(typed)], homeOf(typed), statusOf(typed)]) {
      expect(words.join('\n')).toContain(shown);
    }
  });

  it('never ends a reason within a mention', () => {
    const long = `${'x'.repeat(890)} <@U0RAVI> has frozen everything`;

    expect(lastLineAfter(waiting({ why: long }))).toMatch(/ x+ …? ?It starts by itself/u);
  });

  it('says until when in its first lines, and that nothing is changed yet', () => {
    expect(linesAfter(waiting())).toContain(
      'Nothing is changed yet · waits until 2026-01-05 10:00 UTC at the earliest · asked 1 min ago',
    );
  });

  it('names no time where nobody knows one', () => {
    const event: DeploymentEvent = { type: 'waiting', for: 'deployment', why: '#141 is under way.' };

    expect(lastLineAfter([aRequestedEvent(), event])).toBe(
      ':hourglass_flowing_sand: #141 is under way. It starts by itself as soon as it may.',
    );
  });
});

describe('a deployment that waits for consent', () => {
  const why = 'It is a time to avoid, so it needs the consent of a release manager.';
  const events = waiting({ for: 'consent', why });
  const policy = aPeoplePolicy({
    everyone: 'deployer',
    roles: { 'release-manager': ['U0LENA', 'S0RELEASE'] },
  });

  function lineFor(story: readonly DeploymentEvent[], people = policy): string {
    const last = story.at(-1);
    if (last === undefined) throw new Error('Nothing happened');
    const called = { title: 'Checkout', admins: [], commanders: [], policy: people };
    return withDatesRead(threadLine(aRecordedEvent(last), aDeployment(story), called)?.text ?? '');
  }

  it('calls those who may give it in the thread, and says how', () => {
    expect(lineFor(events)).toBe(
      `:hourglass_flowing_sand: <@U0LENA> <!subteam^S0RELEASE> ${why} With it, it starts at once; without it, by itself, 2026-01-05 10:00 UTC at the earliest. To give it, press “Consent…” in the message above.`,
    );
  });

  it('calls nobody by name where everybody may', () => {
    expect(lineFor(events, aPeoplePolicy())).toMatch(/^:hourglass_flowing_sand: It is a time to avoid/u);
  });

  it('does not promise to start by itself where it never may', () => {
    const never: DeploymentEvent[] = [aRequestedEvent(), { type: 'waiting', for: 'consent', why }];

    expect(lineFor(never)).toContain('With it, it starts at once. To give it');
  });

  it('starts at its time where it is scheduled', () => {
    const scheduled = [{ ...aRequestedEvent(), startAt: until }, ...events.slice(1)];

    expect(lineFor(scheduled)).toContain('With it, it starts 2026-01-05 10:00 UTC. To give it');
  });
});

describe('a deployment that waits in or before a region', () => {
  const plan = aCanary(['us-east-1', 'eu-west-1']);
  const firstIsDone = [...baking(plan, 100), ...done('us-east-1/bake-100'), ...done('us-east-1/standby')];
  const waits = (region: string, what: 'freeze' | 'consent' = 'freeze'): DeploymentEvent => ({
    ...{ type: 'region-waiting', region, for: what, why: mentioning, until },
  });
  const before = [...firstIsDone, waits('eu-west-1')];
  const within = [...baking(plan, 25), waits('us-east-1')];

  it('says so in its first line, where it may be all that people see', () => {
    expect(titleAfter(before)).toBe(
      ':hourglass_flowing_sand: Waiting before eu-west-1: v1.1.0 for Checkout in production (#142)',
    );
    expect(titleAfter(within)).toContain('Waiting in us-east-1: v1.1.0 for Checkout');
    expect(titleAfter([...before, { type: 'paused' }])).toContain('Paused: v1.1.0');
    expect(titleAfter([...before, { type: 'region-goes-on', region: 'eu-west-1' }])).toContain(
      ':rocket: Deploying v1.1.0',
    );
  });

  it('says until when beside the time that is left, and nothing of nobody having to do anything', () => {
    const clock = (events: DeploymentEvent[]) => linesAfter(events).find((line) => / · asked /u.test(line));

    expect(clock(before)).toMatch(
      /^\d+ % · waits before eu-west-1 until 2026-01-05 10:00 UTC at the earliest · then about .* of machine time · asked/u,
    );
    expect(clock([...firstIsDone, waits('eu-west-1', 'consent')])).toMatch(
      /^\d+ % · waits before eu-west-1 for consent · then about /u,
    );
  });

  it('says why on the Home and in the status too', () => {
    const told = '<@U0RAVI> has frozen everything: the sale. It goes on by itself';
    const running = aDeployment(before);

    expect(homeOf(before).join('\n')).toContain(`*Promotion waits before eu-west-1:* ${told}`);
    expect(statusLines([aStatus({ running })]).join('\n')).toContain(
      `Waiting before eu-west-1: v1.1.0 for Checkout in production, asked by <@U0MAYA> (#142). ${told}`,
    );
  });

  it('says nothing of it any more once it is aborted', () => {
    const aborted: DeploymentEvent[] = [...before, { type: 'abort-requested' }];

    expect(titleAfter(aborted)).toContain('Aborting');
    expect(homeOf(aborted).join('\n')).not.toContain('Promotion waits');
  });
});
