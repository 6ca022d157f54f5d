import type { Subject } from '../src/domain/people-policy.ts';
import { mention } from '../src/domain/permission.ts';
import { escaped } from './text.ts';

/** A person or group as markup that calls them; an address is text of the policy file and calls nobody. */
export function mentionOf(subject: Subject): string {
  return subject.includes('@') ? escaped(subject) : mention(subject);
}
