import { type Shipment, shortCommit } from '../src/domain/shipment.ts';
import { who } from './deployment-words.ts';
import { code, escaped, quoted } from './text.ts';

/** An address of somebody else’s as a link, where it is one that can stand in markup; else the words alone, which are markup. */
export function linked(url: string | undefined, words: string): string {
  if (url === undefined || !/^https?:\/\/[!-;=?-{}~]+$/u.test(url)) return words;
  return `<${escaped(url)}|${words}>`;
}

/** `pull request 12`, as a link; with a capital where a sentence begins. */
export function pullLink({ pull }: Shipment, { isFirst = false } = {}): string {
  const words = `${isFirst ? 'Pull' : 'pull'} request`;
  return pull === undefined ? `the ${words}` : linked(pull.url, `${words} ${pull.number}`);
}

/** What becomes of it where, in plain text: `feature/banner → main → staging`. */
export function way({ branch, base, environment }: Shipment): string {
  return [branch, base, environment].filter((one) => one !== undefined).join(' → ');
}

/** What somebody can do about what is merged and not deployed, with a space before it. */
export function deployNext({ service, environment, merged }: Shipment): string {
  if (merged === undefined) return '';
  const words = ['/forge deploy', service, environment, shortCommit(merged.commit)].filter(Boolean).join(' ');
  return ` Once that is settled, deploy it with ${code(words)}.`;
}

/** How it stands, in one line of markup. */
export function shipmentState(shipment: Shipment): string {
  const { phase, branch, base, pull } = shipment;
  switch (phase.kind) {
    case 'checking':
      return ':mag: Being checked';
    case 'blocked':
      return ':no_entry: Blocked, nothing was changed';
    case 'opening':
      return ':hourglass_flowing_sand: The pull request is being opened';
    case 'following':
      return followingState(shipment);
    case 'merging':
      return `:hourglass_flowing_sand: Being merged, for ${who(phase.by)}`;
    case 'deploying':
      return `:hourglass_flowing_sand: Merged; its deployment comes next`;
    case 'finished':
      return finishedState(shipment);
    case 'closed':
      return ':heavy_minus_sign: The pull request was closed on GitHub without merging it';
    case 'branch-gone':
      return `:heavy_minus_sign: ${quoted(branch, 80)} was deleted on GitHub, so nothing is shipped`;
    case 'cancelled':
      return `:heavy_minus_sign: ${who(phase.by)} stopped it${pull === undefined ? '' : '; its pull request stays open'}`;
    case 'refused':
      return `:x: Not shipped to ${escaped(base)}`;
    case 'expired':
      return ':heavy_minus_sign: Nothing happened for two weeks, so Forge follows it no longer';
  }
}

function followingState({ standing, trouble }: Shipment): string {
  if (trouble !== undefined) return ':warning: Open on GitHub; nobody knows how it stands at the moment';
  if (standing === undefined) return ':eyes: The pull request is open';
  if (standing.lacks.length === 0) return ':white_check_mark: Ready to be merged';
  return standing.needs.length > 0
    ? ':raised_hand: Something is in the way'
    : ':eyes: Open on GitHub, waits for others';
}

function finishedState({ deployment, environment, merged, notDeployed, base }: Shipment): string {
  const where = environment === undefined ? '' : escaped(environment);
  if (notDeployed !== undefined) return `:warning: Merged, not deployed to ${where}`;
  if (deployment === undefined)
    return `:white_check_mark: Merged; nothing is deployed from ${escaped(base)} after that`;
  const by = merged?.byHand === undefined ? '' : `, by ${quoted(merged.byHand, 60)} on GitHub`;
  return `:white_check_mark: Merged${by}; deployment #${deployment.number} brings it to ${where}`;
}
