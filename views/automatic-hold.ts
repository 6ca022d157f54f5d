import type { Button, KnownBlock, SectionBlock } from '@slack/types';
import type { AutomaticHold, AutomaticPlace } from '../src/domain/automatic.ts';
import type { Deployment } from '../src/domain/deployment.ts';
import { button, context, section } from './blocks.ts';
import { who } from './deployment-words.ts';
import { code, escaped, moment, quotation } from './text.ts';

/** A hold, and whether the person who is shown it may end it. */
export type ShownHold = { hold: AutomaticHold; mayResume: boolean };

const LONGEST_REASON = 300;

/** That nothing is deployed by itself in a place, since when and because of whom or what; a sentence in markup. */
export function heldWords(hold: AutomaticHold): string {
  const { service, environment } = hold;
  return `Automatic deployments of ${escaped(service)} to ${escaped(environment)} are held ${heldSince(hold)}`;
}

/** The end of such a sentence. */
export function heldSince({ deployment, by, at }: AutomaticHold): string {
  const since = `since ${moment(at)}`;
  if (deployment === undefined) return `${since}, by ${who(by)}.`;
  return by.kind === 'person'
    ? `${since}, by ${who(by)} with #${deployment}.`
    : `${since}, because #${deployment} did not succeed.`;
}

/** How it stands, why, and how it ends, with the button for those who may. */
export function holdSection({ hold, mayResume }: ShownHold): SectionBlock {
  const why = hold.why === undefined ? [] : [quotation(hold.why, LONGEST_REASON)];
  const next = mayResume
    ? 'What is pushed meanwhile is remembered.'
    : `What is pushed meanwhile is remembered. Whoever may deploy there lets them go on with ${resumeTyped(hold)}.`;
  const told = section([`:pause_button: ${heldWords(hold)} ${next}`, ...why].join('\n'));
  return mayResume ? { ...told, accessory: resumeButton(hold, 'Resume') } : told;
}

/** What stands in the message of the deployment because of which they are held, above the button that ends that. */
export function heldBecause({ service, environment, holdsAutomatic }: Deployment): KnownBlock[] {
  if (holdsAutomatic === undefined) return [];
  return [
    context(
      `:pause_button: Automatic deployments of ${escaped(service)} to ${escaped(environment)} are held because of this: what is pushed is remembered, and the newest of it is deployed once somebody lets them go on.`,
    ),
  ];
}

export function resumeTyped({ service, environment }: AutomaticPlace): string {
  return code(`/forge automatic ${environment} ${service} on`);
}

/** Ends the hold that was seen: by its id, or by the deployment because of which there is one. */
export function resumeButton(
  { service, environment, ...seen }: AutomaticPlace & ({ id: string } | { number: number }),
  text = 'Resume automatic deployments',
): Button {
  return button({
    ...{ command: 'automatic', text, style: 'primary' },
    value: { service, environment, on: true, ...('id' in seen ? { hold: seen.id } : { since: seen.number }) },
    confirm: {
      title: 'Resume automatic deployments?',
      text: `What is pushed for ${service} in ${environment} is deployed by itself again, beginning with the newest that was pushed meanwhile.`,
      yes: 'Resume',
      no: 'Not yet',
    },
  });
}
