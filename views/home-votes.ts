import type { KnownBlock } from '@slack/types';
import type { Deployment } from '../src/domain/deployment.ts';
import type { PeoplePolicy } from '../src/domain/people-policy.ts';
import { approvalLines, goesOut, voteButtons } from './approval.ts';
import { actions, context, header, section } from './blocks.ts';
import { consentAsked, consentButton } from './consent-asked.ts';

const MOST_VOTES = 8;

type Waiting = {
  votes: readonly Deployment[] | undefined;
  consents: readonly Deployment[];
  titleOf: (service: string) => string;
  people: PeoplePolicy;
};

/** What waits for this person's vote or consent, with the buttons of the deployment's message. */
export function voteBlocks({ votes, consents, titleOf, people }: Waiting): KnownBlock[] {
  if (votes === undefined) {
    return [
      context(
        ':grey_question: Slack did not say which groups you are in, so Forge cannot tell what waits for you. Refresh in a minute.',
      ),
    ];
  }
  const told = [
    ...votes.map((one) => () => voteEntry(one, titleOf(one.service), people, consents.includes(one))),
    ...consents
      .filter((one) => !votes.includes(one))
      .map((one) => () => consentEntry(one, titleOf(one.service))),
  ];
  if (told.length === 0) return [];
  const wanted = wantedOf(votes, consents);
  const more = told.length - MOST_VOTES;
  return [
    header(`Waiting for your ${wanted}`),
    ...told.slice(0, MOST_VOTES).flatMap((entry) => entry()),
    ...(more > 0
      ? [context(`${more} more wait for your ${wanted}: they follow when you have decided these.`)]
      : []),
  ];
}

function wantedOf(votes: readonly Deployment[], consents: readonly Deployment[]): string {
  if (consents.length === 0) return 'vote';
  return votes.length === 0 ? 'consent' : 'vote or consent';
}

function voteEntry(
  deployment: Deployment,
  title: string,
  people: PeoplePolicy,
  mayConsent: boolean,
): KnownBlock[] {
  const lines = [...shown(deployment, title), ...approvalLines(deployment, people)];
  const buttons = [...voteButtons(deployment, title), ...(mayConsent ? [consentButton(deployment)] : [])];
  return [section(lines.join('\n')), actions(buttons)];
}

function consentEntry(deployment: Deployment, title: string): KnownBlock[] {
  return [
    section([...shown(deployment, title), consentAsked(deployment)].join('\n')),
    actions([consentButton(deployment, 'primary')]),
  ];
}

function shown(deployment: Deployment, title: string): string[] {
  return [`*#${deployment.number}* ${goesOut(deployment, title).join('\n')}`];
}
