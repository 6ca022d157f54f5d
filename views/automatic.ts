import {
  type AutomaticHold,
  type AutomaticPlace,
  type Followed,
  refNameOf,
} from '../src/domain/automatic.ts';
import type { Message } from '../src/ports/chat.ts';
import { heldSince, heldWords, resumeButton, resumeTyped } from './automatic-hold.ts';
import { actions, plainMessage, section } from './blocks.ts';
import { revertButton } from './shipment-buttons.ts';
import { code, escaped, quotation, quoted, sentence } from './text.ts';

/** What a channel is told when nothing is deployed there by itself any more, with the button that ends that. */
export function holdAnnouncement(hold: AutomaticHold): Message {
  const text = `:pause_button: ${heldWords(hold)} What is pushed meanwhile is remembered. To let them go on, press the button or type ${resumeTyped(hold)}.`;
  const reason = hold.why === undefined ? [] : [section(quotation(hold.why, 1000))];
  const revert = hold.deployment === undefined ? [] : [revertButton(hold.deployment)];
  return { text, blocks: [section(text), ...reason, actions([resumeButton(hold), ...revert])] };
}

/** What a channel is told of a push that is not deployed. `hold`: the one in force there. */
export function notDeployedAnnouncement(followed: Followed, hold: AutomaticHold | undefined): Message {
  const { service, environment, outcome } = followed;
  const what = `${pushedWords(followed)} is not deployed to ${escaped(service)} in ${escaped(environment)}`;
  if (outcome === 'held' && hold !== undefined) {
    const text = `:pause_button: ${what}: automatic deployments there are held ${heldSince(hold)} The newest is deployed once somebody lets them go on.`;
    return { text, blocks: [section(text), actions([resumeButton(hold)])] };
  }
  const sign = outcome === 'older' ? ':information_source:' : ':warning:';
  const why = followed.says === undefined ? '.' : `: ${sentence(quoted(followed.says, 1500))}`;
  return plainMessage(`${sign} ${what}${why}${byHand(followed)}`);
}

/** What a channel is told of a push that nothing is done about as long as somebody who has to be asked does not answer. */
export function waitsAnnouncement(
  { service, environment, ref }: AutomaticPlace & { ref: string },
  of: string,
): Message {
  const named = refNameOf(ref);
  const what = `${named?.kind === 'tag' ? 'The tag ' : 'The push to '}${code(named?.name ?? ref)}`;
  return plainMessage(
    `:hourglass: ${what} waits to be deployed to ${escaped(service)} in ${escaped(environment)}: ${escaped(of)} does not answer. Forge keeps asking, and goes on by itself with the newest that was pushed; nobody has to do anything.`,
  );
}

/** What a channel is told when Forge does not see what is pushed to a repository. `says`: why, a sentence. */
export function unreadAnnouncement(repository: string, says: string): Message {
  return plainMessage(
    `:warning: Forge does not see what is pushed to ${code(repository)}: ${sentence(quoted(says, 1500))} Nothing of it is deployed by itself until that is over. Forge keeps looking, and deploys the newest then.`,
  );
}

/** What the person is told who let them go on. */
export function resumedMessage(place: AutomaticPlace, refs: readonly string[]): Message {
  const missed =
    refs.length === 0
      ? 'Nothing was pushed meanwhile.'
      : `The newest of ${refs.slice(0, 5).map(code).join(', ')} is looked at now, and deployed once.`;
  return plainMessage(
    `Automatic deployments of ${escaped(place.service)} to ${escaped(place.environment)} go on. ${missed}`,
  );
}

/** What the person is told who stopped them. */
export function holdPlacedMessage(place: AutomaticPlace): Message {
  return plainMessage(
    `Automatic deployments of ${escaped(place.service)} to ${escaped(place.environment)} are held. What is pushed is remembered; to let them go on, type ${resumeTyped(place)}.`,
  );
}

/** How it stands in a place, for who asks without saying on or off. */
export function automaticState(place: AutomaticPlace, hold: AutomaticHold | undefined): Message {
  if (hold !== undefined) {
    const text = heldWords(hold);
    return { text, blocks: [section(text), actions([resumeButton(hold)])] };
  }
  return plainMessage(
    `Automatic deployments of ${escaped(place.service)} to ${escaped(place.environment)} are on. To hold them, type ${code(`/forge automatic ${place.environment} ${place.service} off because …`)}.`,
  );
}

function pushedWords({ ref, commit, login }: Followed): string {
  const named = refNameOf(ref);
  const name = `${named?.kind === 'tag' ? 'The tag ' : 'The push to '}${code(named?.name ?? ref)}`;
  const at = commit === '' ? '' : ` (${code(commit.slice(0, 7))})`;
  const by = login === undefined ? '' : `, pushed by ${quoted(login, 60)} on GitHub,`;
  return `${name}${at}${by}`;
}

function byHand({ service, environment, commit, outcome }: Followed): string {
  if (commit === '' || outcome === 'held') return '';
  const typed = code(`/forge deploy ${service} ${environment} ${commit.slice(0, 12)}`);
  return ` To deploy it by hand, type ${typed}.`;
}
