import { formToInput } from './form-to-input.ts';
import type { Protocol } from './protocol.ts';
import { toXml } from './to-xml.ts';

const contentType = 'text/xml';

/** awsQuery: a form with `Action`, answered in XML. */
export function queryProtocol(namespace: string): Protocol {
  return {
    read(body) {
      const form = new URLSearchParams(body);
      return { operation: form.get('Action') ?? '', input: formToInput(form) };
    },
    answer(operation, output, requestId) {
      const result = toXml(`${operation}Result`, output);
      const metadata = toXml('ResponseMetadata', { RequestId: requestId });
      const name = `${operation}Response`;
      return { contentType, body: `<${name} xmlns="${namespace}">${result}${metadata}</${name}>` };
    },
    refuse({ code, message }, requestId) {
      const error = toXml('Error', { Type: 'Sender', Code: code, Message: message });
      const id = toXml('RequestId', requestId);
      return { contentType, body: `<ErrorResponse xmlns="${namespace}">${error}${id}</ErrorResponse>` };
    },
    codes: { unknownOperation: 'InvalidAction', throttled: 'Throttling', internal: 'InternalFailure' },
  };
}
