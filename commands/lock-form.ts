import { plainMessage } from '../views/blocks.ts';
import { type RestrictionFormContent, restrictionForm } from '../views/restriction-form.ts';
import type { Asking, Reply } from './command.ts';

/** Asks for what the words about a lock did not say. */
export function lockForm(
  content: Omit<RestrictionFormContent, 'command' | 'policy'>,
  { forge }: Asking,
): Reply {
  return {
    kind: 'form',
    form: restrictionForm({ command: 'lock', policy: forge.policy, ...content }),
    otherwise: plainMessage(
      'Slack did not let Forge open its form in time, so nothing was done: type it all, like `/forge lock staging until 18:00 because I look for a leak`.',
    ),
  };
}
