import { jsonProtocol } from '../endpoint/json-protocol.ts';
import type { Protocol } from '../endpoint/protocol.ts';

/** What errors were called when SQS spoke awsQuery; the others kept their names. */
const formerNames: Record<string, string> = {
  MessageNotInflight: 'AWS.SimpleQueueService.MessageNotInflight',
  QueueDoesNotExist: 'AWS.SimpleQueueService.NonExistentQueue',
  QueueNameExists: 'QueueAlreadyExists',
  UnsupportedOperation: 'AWS.SimpleQueueService.UnsupportedOperation',
};

/** awsJson 1.0 with the former error names beside the new ones. */
export function sqsProtocol(): Protocol {
  const codes = {
    unknownOperation: 'UnsupportedOperation',
    throttled: 'RequestThrottled',
    throttledStatus: 403,
    internal: 'InternalFailure',
  };
  const json = jsonProtocol('1.0', codes);
  return {
    ...json,
    refuse({ code, message, fields }, requestId) {
      const side = code === codes.internal ? 'Receiver' : 'Sender';
      const headers = { 'x-amzn-query-error': `${formerNames[code] ?? code};${side}` };
      const named = { code: `com.amazonaws.sqs#${code}`, message, fields };
      return { ...json.refuse(named, requestId), headers };
    },
  };
}
