import { AwsError } from '../aws-error.ts';
import type { Protocol } from './protocol.ts';

type Codes = Protocol['codes'];

/** awsJson: the operation in `X-Amz-Target`, times in seconds. */
export function jsonProtocol(version: '1.0' | '1.1', codes: Codes): Protocol {
  const contentType = `application/x-amz-json-${version}`;
  return {
    read(body, { target }) {
      const operation = target?.split('.')[1] ?? '';
      try {
        const input: unknown = JSON.parse(body === '' ? '{}' : body);
        return { operation, input };
      } catch {
        throw new AwsError('SerializationException', 'The request body is not JSON');
      }
    },
    answer(_operation, output) {
      return { contentType, body: JSON.stringify(withEpochSeconds(output)) };
    },
    refuse({ code, message, fields }) {
      return { contentType, body: JSON.stringify({ ...fields, __type: code, message }) };
    },
    codes,
  };
}

/** A service that used to speak awsQuery and still names its errors, for old clients, as it did then. */
export function queryCompatible(protocol: Protocol): Protocol {
  return {
    ...protocol,
    refuse(error, requestId) {
      const side = error.code === protocol.codes.internal ? 'Receiver' : 'Sender';
      const headers = { 'x-amzn-query-error': `${error.code};${side}` };
      return { ...protocol.refuse(error, requestId), headers };
    },
  };
}

function withEpochSeconds(value: unknown): unknown {
  if (value instanceof Date) return value.getTime() / 1_000;
  if (Array.isArray(value)) return value.map(withEpochSeconds);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withEpochSeconds(inner)]));
}
