import { jsonProtocol } from './json-protocol.ts';
import { queryProtocol } from './query-protocol.ts';

/** A wire format of AWS: how a request names its operation and input, and how answers and errors look. */
export type Protocol = {
  read(body: string, target: string | undefined): { operation: string; input: unknown };
  answer(operation: string, output: object, requestId: string): Wire;
  refuse(error: { code: string; message: string; fields: Record<string, unknown> }, requestId: string): Wire;
  /** How this protocol names what no operation ever names itself. */
  codes: { unknownOperation: string; throttled: string; internal: string };
};

type Wire = { contentType: string; body: string };

export const protocols: Record<string, Protocol> = {
  ecr: jsonProtocol,
  ecs: jsonProtocol,
  elasticloadbalancing: queryProtocol('http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/'),
};
