import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Fault } from './faults.ts';

type Exchange<Answer> = {
  readonly request: IncomingMessage;
  /** Does what was asked. */
  act(): Answer | Promise<Answer>;
  /** How this address words a fault that answers. */
  refusal(fault: Fault): Answer;
  send(answer: Answer): void;
};

/** Answers one request as the fault that strikes it says, or as it should when there is none. */
export async function answerStruck<Answer>(
  fault: Fault | undefined,
  { request, act, refusal, send }: Exchange<Answer>,
): Promise<void> {
  switch (fault?.kind) {
    case undefined:
    // The last two are faults of deliveries; a request knows neither.
    case 'duplicate':
    case 'lose-ack':
      send(await act());
      return;
    case 'slow':
      await wait(fault.ms, undefined, { ref: false });
      send(await act());
      return;
    case 'error':
    case 'throttle':
    case 'refuse':
      send(refusal(fault));
      return;
    case 'error-after':
      await act();
      send(refusal(fault));
      return;
    case 'cut-before':
      request.socket.destroy();
      return;
    case 'cut-after':
      await act();
      request.socket.destroy();
      return;
    case 'hang':
      if (!request.socket.destroyed) await once(request.socket, 'close');
      return;
  }
}
