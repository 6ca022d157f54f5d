import type { BuildEvent } from '../src/domain/build-event.ts';
import type { Deployment } from '../src/domain/deployment.ts';
import type { RecordedEvent } from '../src/domain/events.ts';
import { newVersion, who } from './deployment-words.ts';
import { linkTo } from './more-told.ts';
import { outputBlock } from './output-block.ts';
import { code, escaped, moment } from './text.ts';
import { mentioned, type People, told } from './thread-words.ts';

/** What the thread says about the making of the image. */
export function buildLine(
  event: BuildEvent,
  { by }: RecordedEvent,
  deployment: Deployment,
  people: People,
): string | undefined {
  const version = escaped(newVersion(deployment));
  switch (event.type) {
    case 'build-started':
      return `:hammer_and_wrench: There is no image of ${version} yet, so ${code(event.workflow)} makes it on GitHub.`;
    case 'build-failed': {
      const retry = `Retry it in the message above, or type \`/forge retry #${deployment.number}\`. Without that by ${moment(event.deadline)} it is not started.`;
      return `:x: ${mentioned(deployment, people)} The image of ${version} was not made: ${told(event.says, 900)} ${retry}${seeRun(event.url)}${outputBlock(event.tail)}`;
    }
    case 'build-retried':
      return `${who(by)} has the image made again.`;
    case 'build-finished':
      return `The image of ${version} is there: ${told(event.detail, 300)}`;
    case 'build-progressed':
      return undefined;
  }
}

function seeRun(url: string | undefined): string {
  const link = linkTo(url, 'the run on GitHub');
  return link === '' ? '' : ` See ${link}.`;
}
