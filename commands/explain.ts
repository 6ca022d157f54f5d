import { randomUUID } from 'node:crypto';
import { messageOf, UserError } from '../src/domain/errors.ts';
import { CodeHostRefused, CodeHostUnavailable } from '../src/ports/code-host.ts';
import type { Incoming } from '../src/ports/incoming.ts';
import type { Log } from '../src/ports/log.ts';
import { PlatformRefused, PlatformUnavailable } from '../src/ports/platform.ts';
import { escaped, refusal } from '../views/text.ts';

/** What a person is told (mrkdwn), and the word for the record. */
export type Explanation = { text: string; outcome: string };

/** Puts what was thrown into words. A fault is logged once, here, with the reference the person gets. */
export function explain(error: unknown, incoming: Incoming, log: Log): Explanation {
  if (error instanceof UserError) {
    const { cause } = error;
    // The person may be right and the surroundings wrong: those who run Forge want to know why.
    if (cause !== undefined) log.warn(error.message, { arrival: incoming.id, error: messageOf(cause) });
    return { text: refusal(error.message), outcome: 'refused' };
  }
  if (error instanceof PlatformUnavailable) {
    // Its causes are for those who run Forge.
    log.warn('AWS did not answer somebody', { arrival: incoming.id, error: messageOf(error) });
    const reason = escaped(withFullStop(error.message));
    return {
      text: `AWS does not answer at the moment. Nothing was done; try again in a minute. (${reason})`,
      outcome: 'platform unavailable',
    };
  }
  if (error instanceof Error && error.name === 'TimeoutError') {
    return {
      text: 'AWS did not answer in time. Nothing was done; try again in a minute.',
      outcome: 'platform unavailable',
    };
  }
  if (error instanceof CodeHostUnavailable) {
    log.warn('The code host did not answer somebody', { arrival: incoming.id, error: messageOf(error) });
    return {
      text: `GitHub does not answer at the moment. Nothing was done; try again in a minute. (${escaped(withFullStop(error.message))})`,
      outcome: 'code host unavailable',
    };
  }
  if (error instanceof CodeHostRefused) {
    return {
      text: `${escaped(withFullStop(error.message))} Nothing was done.`,
      outcome: 'code host refused',
    };
  }
  if (error instanceof PlatformRefused) {
    return { text: `${escaped(withFullStop(error.message))} Nothing was done.`, outcome: 'platform refused' };
  }
  return fault(error, incoming, log);
}

function fault(error: unknown, incoming: Incoming, log: Log): Explanation {
  const reference = randomUUID().slice(0, 8);
  log.error('Something a person asked for failed', {
    reference,
    arrival: incoming.id,
    kind: incoming.kind,
    error: messageOf(error),
    stack: error instanceof Error ? error.stack : undefined,
  });
  return {
    text: `Forge had a problem of its own (reference \`${reference}\`) and does not know whether this was done. Look with \`/forge status\`; if nothing is under way, try again. An admin finds the reference in Forge's log.`,
    outcome: `fault ${reference}`,
  };
}

function withFullStop(text: string): string {
  return /[.!?]$/u.test(text) ? text : `${text}.`;
}
