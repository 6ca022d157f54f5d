import type { More } from '../src/domain/check.ts';
import { code, escaped, quoted } from './text.ts';

/** How to see it all, as a sentence with a space before it; nothing where nobody knows. */
export function moreTold(more: More | undefined): string {
  if (more === undefined) return '';
  if ('command' in more) return ` See it all with ${code(more.command)}.`;
  const link = linkTo(more.url, 'all of it');
  return link === '' ? '' : ` See ${link}.`;
}

/** A link in markup; nothing for what is no web address. A vertical bar or a bracket in it would end the address early. */
export function linkTo(url: string | undefined, text: string): string {
  if (url === undefined || !URL.canParse(url)) return '';
  const { protocol, href } = new URL(url);
  if (protocol !== 'https:' && protocol !== 'http:') return quoted(url, 300);
  return `<${escaped(href).replaceAll('|', '%7C')}|${escaped(text)}>`;
}
