import type { Actor } from '../src/domain/actor.ts';
import type { Deployment } from '../src/domain/deployment.ts';
import { releaseBefore, who } from './deployment-words.ts';
import { escaped, quoted, sentence } from './text.ts';

/** What people call the service, and who is told when something must be done. */
export type People = {
  title: string;
  admins: readonly string[];
  /** People and groups who are called when a rollback does not get on. Empty: the admins are. */
  commanders: readonly string[];
};

/** What is live again where it does not come about. */
export function before(deployment: Deployment, region?: string): string {
  return escaped(releaseBefore(deployment, region));
}

/** At the beginning of a sentence. */
export function capital(text: string): string {
  return text.startsWith('the newer ') ? `T${text.slice(1)}` : text;
}

/** What people do about trouble that Forge tells of and does not wait with. */
export const LOOK = 'Look at it; Forge goes on meanwhile.';

/** Foreign words as a sentence. */
export function told(text: string, most: number): string {
  return sentence(quoted(text, most));
}

/** Those who must act, each once. */
export function mentioned({ requestedBy }: Deployment, { admins }: People): string {
  return allOf(requestedBy, admins);
}

/** Those who are called while a rollback does not get on, with a space after them; nobody once somebody is on it. */
export function called({ requestedBy, acknowledgedBy }: Deployment, { admins, commanders }: People): string {
  if (acknowledgedBy !== undefined) return '';
  return `${allOf(requestedBy, commanders.length > 0 ? commanders : admins)} `;
}

function allOf(requestedBy: Actor, ids: readonly string[]): string {
  return [...new Set([who(requestedBy), ...ids.map(mention)])].join(' ');
}

/** Of a person, or of a user group, whose id begins with S. */
function mention(id: string): string {
  return id.startsWith('S') ? `<!subteam^${id}>` : `<@${id}>`;
}
