import type { ApprovalNeed } from './approval.ts';
import { ROLES } from './roles.ts';

/** `1 release manager and 2 of security`, in plain text; names of groups are text of the policy file. */
export function needsWords(needs: readonly ApprovalNeed[]): string {
  return needs.map(needWords).join(' and ');
}

export function needWords({ from, count }: ApprovalNeed): string {
  const name = from.replaceAll('-', ' ');
  const isRole = ROLES.some((role) => role === from);
  return isRole ? `${count} ${name}${count === 1 ? '' : 's'}` : `${count} of ${name}`;
}
