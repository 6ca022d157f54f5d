import { charactersOf, firstInput, problemsAcross, problemsAcrossMessage } from './block-rules.ts';
import { anyBlock } from './block-shapes.ts';
import { isObject, type JsonObject, objectsIn } from './json.ts';
import { LIMITS } from './limits.ts';
import { list, type Problem, type Scope, type Shape } from './shape.ts';
import { VIEWS } from './view-shapes.ts';

/** What a workspace knows, and what the app may do in it. */
export type Allowed = Pick<Scope, 'newBlocks' | 'scopes'>;

const messageBlocks = list(anyBlock, { max: LIMITS.messageBlocks });

/** What Slack says about the blocks of a message, one line each: `<message> [json-pointer:/blocks/0/text]`. */
export function blockErrors(blocks: readonly unknown[], allowed: Allowed, pointer = '/blocks'): string[] {
  return blockProblems(blocks, allowed, pointer).map(lineOf);
}

/** The same, in parts. `pointer` is where the blocks stand. */
export function blockProblems(blocks: unknown, allowed: Allowed, pointer: string): Problem[] {
  const each = messageBlocks(blocks, pointer, { surface: 'message', ...allowed });
  if (each.length > 0 || !Array.isArray(blocks)) return each;
  return [...problemsAcross(blocks, pointer), ...problemsAcrossMessage(blocks, pointer)];
}

/** True when the blocks hold more text than Slack takes in one message. */
export function hasTooMuchText(blocks: readonly unknown[]): boolean {
  return charactersOf(blocks) > LIMITS.blockCharacters;
}

/** What Slack says about the blocks of attachments. */
export function attachmentProblems(attachments: readonly unknown[], allowed: Allowed): Problem[] {
  return attachments.flatMap((attachment, index) =>
    isObject(attachment) && attachment.blocks !== undefined
      ? blockProblems(attachment.blocks, allowed, `/attachments/${index}/blocks`)
      : [],
  );
}

/** What Slack says about a modal or home view; pointers begin with `/view`. */
export function viewErrors(view: unknown, type: 'modal' | 'home', allowed: Allowed): string[] {
  return viewProblems(view, type, { allowed, pointer: '/view' }).map(lineOf);
}

/** The same, in parts. `pointer` is where the view stands. */
export function viewProblems(
  view: unknown,
  wanted: 'modal' | 'home',
  { allowed, pointer }: { allowed: Allowed; pointer: string },
): Problem[] {
  if (!isObject(view)) return [{ message: 'must provide an object', pointer }];
  if (view.type !== wanted) return [wrongType(view.type, wanted, pointer)];
  const shape: Shape = VIEWS[wanted];
  const problems = shape(view, pointer, { surface: wanted, ...allowed });
  return problems.length > 0 ? problems : rulesOfView(view, pointer);
}

function wrongType(type: unknown, wanted: 'modal' | 'home', pointer: string): Problem {
  if (type === undefined) return { message: 'missing required field: type', pointer, field: 'type' };
  if (type === 'home' && wanted === 'modal') {
    return {
      message: "must match the `type` of the root view whose stack we're pushing onto",
      pointer: `${pointer}/type`,
    };
  }
  const constraint = { type: 'enum', expected: ['modal', 'home'], got: type };
  return { message: 'must be a valid enum value', pointer: `${pointer}/type`, constraint };
}

function rulesOfView(view: JsonObject, pointer: string): Problem[] {
  const blocks = objectsIn(view.blocks);
  const problems = problemsAcross(blocks, `${pointer}/blocks`);
  const input = firstInput(blocks);
  if (view.type !== 'modal' || input < 0 || view.submit !== undefined) return problems;
  const message = 'must define `submit` to use an `input` block in modals';
  return [...problems, { message, pointer: `${pointer}/blocks/${input}/input` }];
}

function lineOf({ message, pointer }: Problem): string {
  return `${message} [json-pointer:${pointer}]`;
}
