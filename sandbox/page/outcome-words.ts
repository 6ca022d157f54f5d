import type { Outcome } from './control-call.ts';
import { notify } from './panes/notices.ts';

/** Tells the person why something they did came to nothing. */
export function tellFailure(outcome: Outcome): void {
  const reason = reasonOf(outcome);
  if (reason !== undefined) notify(reason);
}

/** undefined when it went through. */
export function reasonOf(outcome: Outcome): string | undefined {
  switch (outcome.kind) {
    case 'acked':
      return undefined;
    case 'failed':
      return outcome.reason;
    case 'refused':
      return Object.values(outcome.errors).join(' ');
    case 'needs-confirmation':
      return 'This needs a confirmation. Try again.';
  }
}
