import { AwsError } from '../aws-error.ts';
import type { Protocol } from './protocol.ts';

const contentType = 'application/x-amz-json-1.1';

/** awsJson1.1: the operation in `X-Amz-Target`, times in seconds. */
export const jsonProtocol: Protocol = {
  read(body, target) {
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
  codes: {
    unknownOperation: 'UnknownOperationException',
    throttled: 'ThrottlingException',
    internal: 'ServerException',
  },
};

function withEpochSeconds(value: unknown): unknown {
  if (value instanceof Date) return value.getTime() / 1_000;
  if (Array.isArray(value)) return value.map(withEpochSeconds);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withEpochSeconds(inner)]));
}
