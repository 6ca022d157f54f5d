import type { Deployment } from '../src/domain/deployment.ts';
import type { Message } from '../src/ports/chat.ts';
import { goesOut } from './approval.ts';
import { actions, context, plainMessage, section } from './blocks.ts';
import { consentAsked, consentButton } from './consent-asked.ts';
import { headline } from './deployment-headline.ts';
import { isAborting, newVersion, placeOf, who } from './deployment-words.ts';
import { LIMITS } from './limits.ts';
import { escaped, moment, quotation, sentence, shortenedMarkup } from './text.ts';

type ConsenterView = {
  deployment: Deployment;
  /** What people call the service. */
  title: string;
};

/** Asks somebody who does not read the deployment's channel whether it may go at its time, with the button to answer. */
export function consentAskingMessage({ deployment, title }: ConsenterView): Message {
  const { number, channel, why } = deployment;
  const reason = why === undefined ? [] : [quotation(why, 600)];
  return {
    text: shortenedMarkup(
      `Your consent is asked for: ${escaped(newVersion(deployment))} for ${escaped(placeOf(deployment, title))} (#${number}).`,
      LIMITS.messageText,
    ),
    blocks: [
      section(`:hourglass_flowing_sand: *Your consent to its time is asked for* (#${number})`),
      ...[...goesOut(deployment, title), consentAsked(deployment), ...reason].map((one) => section(one)),
      actions([consentButton(deployment, 'primary')]),
      context(
        `You get this because you may consent to it and are not in <#${channel}>, where its message is. One consent is enough.`,
      ),
    ],
  };
}

/** What becomes of that message when the answer is not wanted any more: it has no button. */
export function consentAnsweredMessage(view: ConsenterView): Message {
  const { deployment, title } = view;
  const what = `${escaped(newVersion(deployment))} for ${escaped(placeOf(deployment, title))} (#${deployment.number})`;
  return plainMessage(`Your consent was asked for: ${what}. ${becameOf(view)}`);
}

function becameOf({ deployment, title }: ConsenterView): string {
  const { consent, emergency, phase, channel } = deployment;
  const seeHow = `Its message in <#${channel}> shows how it goes on.`;
  if (consent !== undefined)
    return `${who(consent.by)} consented to its time, ${moment(consent.at)}. ${seeHow}`;
  if (emergency !== undefined) {
    return `${who(emergency.by)} called it an emergency, so it needs no consent.`;
  }
  if (isAborting(deployment)) return 'It is being aborted, so your consent is not needed any more.';
  switch (phase.kind) {
    case 'aborted':
    case 'refused':
    case 'superseded':
    case 'rejected':
    case 'expired':
      return sentence(escaped(headline(deployment, { service: title })));
    case 'requested':
    case 'checking':
    case 'building':
    case 'awaiting-approval':
    case 'waiting':
    case 'running':
    case 'held':
    case 'rolling-back':
    case 'succeeded':
    case 'rolled-back':
    case 'left':
      return `Your consent is not needed any more. ${seeHow}`;
  }
}
