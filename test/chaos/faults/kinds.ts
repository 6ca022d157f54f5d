import { Fault } from '../../../sandbox/faults.ts';

/**
 * How a call fails. `outage` is the one that lasts: the service answers with its internal error until somebody is told;
 * every other kind strikes once.
 */
export const KINDS = ['error', 'throttle', 'slow', 'cut-before', 'cut-after', 'outage'] as const;
export type Kind = (typeof KINDS)[number];

export type Called = { service: string; operation: string };

const FOR_EVER = 100_000;
/** Longer than Forge waits for an answer: 10 s where it looks at AWS or calls Slack, 5 s for everything else. Milliseconds. */
const LONG = 11_000;
const SHORT = 6_000;
/** A delivery that late still reaches Forge; a person sees that it took long. Milliseconds. */
const LATE = 2_000;

export function faultOf({ service, operation, nth, kind }: Called & { nth: number; kind: Kind }): Fault {
  const place = { service, operation, nth };
  if (kind === 'outage') return Fault.parse({ ...place, times: FOR_EVER, kind: 'error' });
  return Fault.parse({ ...place, kind, ...(kind === 'slow' ? { ms: tooLateAfter(place) } : {}) });
}

function tooLateAfter({ service, operation }: Called): number {
  if (operation.startsWith('deliver:')) return LATE;
  if (service === 'slack') return operation === 'response_url' ? SHORT : LONG;
  return /^(?:Describe|Get|List)/.test(operation) ? LONG : SHORT;
}
