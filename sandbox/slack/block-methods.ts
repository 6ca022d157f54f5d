import type { Call, Method } from './call.ts';
import { isObject, type JsonObject, parseJson } from './json.ts';
import type { Problem } from './shape.ts';
import { SlackError } from './slack-error.ts';
import { type Allowed, attachmentProblems, blockProblems, viewProblems } from './validate.ts';

type Kind = 'blocks' | 'message' | 'view';
const KINDS: readonly Kind[] = ['blocks', 'message', 'view'];

/** Says what is wrong with blocks, a message or a view that is sent nowhere. Pointers begin at what was given. */
const validate: Method = ({ args, workspace }: Call) => {
  const given = KINDS.filter((kind) => args[kind] !== undefined);
  const [kind] = given;
  if (kind === undefined || given.length > 1) throw notExactlyOne();
  const problems = problemsWith(kind, decoded(args[kind]), workspace.settings());
  if (problems.length === 0) return {};
  throw new SlackError(`invalid_${kind}`, { errors: problems.map(described) });
};

export const BLOCK_METHODS: Readonly<Record<string, Method>> = { 'blocks.validate': validate };

function problemsWith(kind: Kind, value: unknown, allowed: Allowed): Problem[] {
  switch (kind) {
    case 'blocks':
      return blockProblems(value, allowed, '');
    case 'message':
      return messageProblems(value, allowed);
    case 'view': {
      const type = isObject(value) && value.type === 'home' ? 'home' : 'modal';
      return viewProblems(value, type, { allowed, pointer: '' });
    }
  }
}

function messageProblems(value: unknown, allowed: Allowed): Problem[] {
  if (!isObject(value)) return [{ message: 'must provide an object', pointer: '' }];
  const { blocks = [], attachments = [] } = value;
  const inBlocks = blockProblems(blocks, allowed, '/blocks');
  if (!Array.isArray(attachments)) {
    return [...inBlocks, { message: 'must provide an array', pointer: '/attachments' }];
  }
  return [...inBlocks, ...attachmentProblems(attachments, allowed)];
}

/** `failed_constraint` is the only code Slack documents. */
function described({ message, pointer, field, constraint }: Problem): JsonObject {
  return {
    pointer,
    code: 'failed_constraint',
    message,
    ...(field === undefined ? {} : { field }),
    ...(constraint === undefined ? {} : { constraint }),
  };
}

function notExactlyOne(): SlackError {
  const message = 'must provide exactly one of `blocks`, `view`, or `message`';
  return new SlackError('invalid_arguments', { response_metadata: { messages: [message] } });
}

function decoded(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const parsed = parseJson(value);
  return parsed ? parsed.value : value;
}
