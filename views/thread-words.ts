import type { Deployment } from '../src/domain/deployment.ts';
import { releaseBefore, who } from './deployment-words.ts';
import { escaped, quoted, sentence } from './text.ts';

/** What people call the service, and who is told when something must be done. */
export type People = { title: string; admins: readonly string[] };

/** What is live again where it does not come about. */
export function before(deployment: Deployment, region?: string): string {
  return escaped(releaseBefore(deployment, region));
}

/** Foreign words as a sentence. */
export function told(text: string, most: number): string {
  return sentence(quoted(text, most));
}

/** Those who must act, each once. */
export function mentioned({ requestedBy }: Deployment, { admins }: People): string {
  return [...new Set([who(requestedBy), ...admins.map((userId) => `<@${userId}>`)])].join(' ');
}
