import { z } from 'zod';
import { as, channel, viewId } from './control-fields.ts';
import { Fault } from './faults.ts';

export const Nothing = z.strictObject({});
export const Viewer = z.strictObject({ as });
export const ReadMessages = z.strictObject({ as, name: channel });
export const TypeCommand = z.strictObject({
  as,
  channel,
  text: z
    .string({ error: 'what to type, such as "/forge deploy staging"' })
    .startsWith('/', 'begins with the slash command, such as "/forge deploy staging"'),
});
export const Click = z.strictObject({
  as,
  channel: channel.optional(),
  ts: z.string().optional(),
  view_id: viewId.optional(),
  action_id: z.string({ error: 'the action_id of the element to use' }).min(1),
  block_id: z.string().optional(),
  value: z.unknown().optional(),
  confirmed: z.boolean().optional(),
  values: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
});
export const Submit = z.strictObject({
  as,
  view_id: viewId,
  values: z.record(z.string(), z.record(z.string(), z.unknown())),
});
export const Close = z.strictObject({ as, view_id: viewId });
export const Load = z.strictObject({
  service: z.string({ error: 'a service of GET /sandbox/state' }).min(1),
  environment: z.string({ error: 'an environment of GET /sandbox/state' }).min(1),
  requestsPerSecond: z
    .number({ error: 'requests a second, 0 to 500' })
    .min(0, '0 ends the load')
    .max(500, 'at most 500 a second'),
});
export const SetFaults = z.array(Fault);
export const AddFault = Fault;
export const EndFault = z.strictObject({ id: z.int({ error: 'the id of a fault of GET /sandbox/state' }) });
export const ReadRequests = z.strictObject({
  service: z.string().optional(),
  operation: z.string().optional(),
  after: z.coerce.number({ error: 'a sequence number' }).int().min(0).default(0),
});

/** One sentence for all that is wrong, each part with the field it is about. */
export function describeProblems(error: z.ZodError): string {
  return error.issues.flatMap(problems).join('; ');
}

function problems(issue: z.core.$ZodIssue): string[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => `${nameOf([...issue.path, key])}: there is no such field`);
  }
  return [`${nameOf(issue.path)}: ${issue.message}`];
}

function nameOf(path: readonly PropertyKey[]): string {
  return path.length === 0 ? 'the request' : path.map(String).join('.');
}
