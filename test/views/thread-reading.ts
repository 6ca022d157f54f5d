import type { DeploymentEvent, RecordedEvent } from '../../src/domain/events.ts';
import type { Message } from '../../src/ports/chat.ts';
import { createGateNews } from '../../views/gate-news.ts';
import { threadLine } from '../../views/thread-lines.ts';
import type { People } from '../../views/thread-words.ts';
import { aDeployment, aPeoplePolicy, aRecordedEvent, aStory } from '../builders.ts';
import { toldBy } from './arbitrary-story.ts';
import { withDatesRead } from './message-reading.ts';

/** Those of a thread in which the group on duty is called. */
const onDuty: People = {
  ...{ title: 'Checkout', admins: ['U0SAM'], commanders: ['S0ONCALL'], policy: aPeoplePolicy() },
};

/** Everything a thread has said when this had happened. */
export function threadOf(story: readonly RecordedEvent[], people: People): Message[] {
  const news = createGateNews();
  return story.flatMap((recorded, index) => {
    const line = threadLine(recorded, toldBy(story, index + 1), people, news(recorded.event));
    return line === undefined ? [] : [line];
  });
}

/** The same in words, dates as in London. */
export function threadAfter(events: readonly DeploymentEvent[], why?: string): string[] {
  const story = aStory(events, why === undefined ? {} : { why });
  return threadOf(story, onDuty).map(({ text }) => withDatesRead(text));
}

/** What the thread says last. */
export function lastLineAfter(events: readonly DeploymentEvent[], why?: string): string | undefined {
  return threadAfter(events, why).at(-1);
}

/** What the thread says about one event that comes after others; nobody is on duty, and whoever asked is an admin too. */
export function lineAbout(
  event: DeploymentEvent,
  before: readonly DeploymentEvent[],
  change: Partial<Pick<RecordedEvent, 'by' | 'why'>> = {},
): string | undefined {
  const deployment = aDeployment([...before, event]);
  const recorded = aRecordedEvent(event, { version: deployment.version, ...change });
  const people = {
    ...{ title: 'Checkout', admins: ['U0SAM', 'U0MAYA'], commanders: [], policy: aPeoplePolicy() },
  };
  return threadLine(recorded, deployment, people)?.text;
}
