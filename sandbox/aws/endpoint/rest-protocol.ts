import { AwsError } from '../aws-error.ts';
import { jsonProtocol } from './json-protocol.ts';
import type { Protocol } from './protocol.ts';

const operations: Record<string, string> = {
  POST: 'CreateSchedule',
  GET: 'GetSchedule',
  PUT: 'UpdateSchedule',
  DELETE: 'DeleteSchedule',
};

/** restJson1 as EventBridge Scheduler speaks it: the operation is in the method, the name in the path. */
export function schedulerProtocol(): Protocol {
  const codes = {
    unknownOperation: 'UnknownOperationException',
    throttled: 'ThrottlingException',
    throttledStatus: 429,
    internal: 'InternalServerException',
  };
  const json = jsonProtocol('1.1', codes);
  const contentType = 'application/json';
  return {
    read(body, { method, url }) {
      const name = /^\/schedules\/([^/]+)$/.exec(url.pathname)?.[1];
      if (name === undefined) return { operation: `${method} ${url.pathname}`, input: {} };
      const input = {
        ...Object.fromEntries(url.searchParams),
        ...parse(body),
        Name: decodeURIComponent(name),
      };
      return { operation: operations[method] ?? method, input };
    },
    answer(operation, output, requestId) {
      return { ...json.answer(operation, output, requestId), contentType };
    },
    refuse({ code, message }) {
      const headers = { 'x-amzn-errortype': code };
      return { contentType, headers, body: JSON.stringify({ Message: message }) };
    },
    codes,
  };
}

function parse(body: string): object {
  try {
    return Object(JSON.parse(body === '' ? '{}' : body));
  } catch {
    throw new AwsError('SerializationException', 'The request body is not JSON');
  }
}
