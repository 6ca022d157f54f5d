import { sqsProtocol } from '../sqs/protocol.ts';
import { jsonProtocol, queryCompatible } from './json-protocol.ts';
import { queryProtocol } from './query-protocol.ts';
import { schedulerProtocol } from './rest-protocol.ts';

/** A wire format of AWS: how a request names its operation and input, and how answers and errors look. */
export type Protocol = {
  read(body: string, call: WireCall): { operation: string; input: unknown };
  answer(operation: string, output: object, requestId: string): Wire;
  refuse(error: { code: string; message: string; fields: Record<string, unknown> }, requestId: string): Wire;
  /** How this protocol names what no operation ever names itself. */
  codes: {
    unknownOperation: string;
    throttled: string;
    /** 400 unless told. */
    throttledStatus?: number;
    internal: string;
  };
};

/** What of a request besides its body may name the operation. */
export type WireCall = { method: string; url: URL; target: string | undefined };

type Wire = { contentType: string; body: string; headers?: Record<string, string> };

/** What ECS answers; also to who can't be told apart. */
export const plainProtocol = json('1.1', 'ServerException');

/** By the name of the service in a request's credential. Each throttles and fails in words of its own. */
export const protocols: Record<string, Protocol> = {
  'application-autoscaling': json('1.1', 'InternalServiceException'),
  ecr: json('1.1', 'ServerException'),
  ecs: plainProtocol,
  logs: json('1.1', 'ServiceUnavailableException'),
  scheduler: schedulerProtocol(),
  sqs: sqsProtocol(),
  elasticloadbalancing: queryProtocol('http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/'),
  monitoring: queryCompatible(
    jsonProtocol('1.0', {
      unknownOperation: 'InvalidAction',
      throttled: 'Throttling',
      internal: 'InternalServiceFault',
    }),
  ),
};

function json(version: '1.0' | '1.1', internal: string): Protocol {
  const unknownOperation = 'UnknownOperationException';
  return jsonProtocol(version, { unknownOperation, throttled: 'ThrottlingException', internal });
}
