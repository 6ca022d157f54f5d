import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '../../faults.ts';
import { AwsError } from '../aws-error.ts';
import type { Protocol } from './protocol.ts';

/** One call as a fault meets it: `act` does the operation, `answer` tells its result, `cut` ends the connection. */
export type Call = { act(): Promise<object>; answer(output: object): void; cut(): void };

/** Carries the call out as the fault wants. Throws what the service answers instead. */
export async function strike(
  fault: Fault | undefined,
  { act, answer, cut }: Call,
  codes: Protocol['codes'],
): Promise<void> {
  switch (fault?.kind) {
    case undefined:
      answer(await act());
      return;
    case 'slow':
      await sleep(fault.ms);
      answer(await act());
      return;
    case 'error':
      throw internal(codes);
    case 'throttle':
      throw new AwsError(codes.throttled, 'Rate exceeded', { status: codes.throttledStatus ?? 400 });
    case 'refuse':
      throw new AwsError(fault.error ?? codes.internal, 'The sandbox was told to refuse this call');
    case 'hang':
      // Nothing is done and nothing answered: the connection is the caller's to give up.
      return;
    case 'error-after':
      await act();
      throw internal(codes);
    case 'duplicate':
    case 'lose-ack':
      throw new Error(`${fault.kind} is a fault of Slack's deliveries only`);
    case 'cut-before':
      cut();
      return;
    case 'cut-after':
      try {
        await act();
      } finally {
        cut();
      }
      return;
  }
}

function internal(codes: Protocol['codes']): AwsError {
  return new AwsError(codes.internal, 'Service internal error', { status: 500 });
}
