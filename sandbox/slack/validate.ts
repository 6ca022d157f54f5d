import { charactersOf, hasInput, problemsAcross, problemsAcrossMessage } from './block-rules.ts';
import { anyBlock } from './block-shapes.ts';
import { isObject, type JsonObject } from './json.ts';
import { LIMITS } from './limits.ts';
import { list, type Problem, type Scope, type Shape } from './shape.ts';
import { VIEWS } from './view-shapes.ts';

/** What Slack says about the blocks of a message, one line each: `<message> [json-pointer:/blocks/0/text]`. */
export function blockErrors(blocks: readonly unknown[], newBlocks: boolean): string[] {
  const scope: Scope = { surface: 'message', newBlocks };
  const each = list(anyBlock, { max: LIMITS.messageBlocks })(blocks, '/blocks', scope);
  if (each.length > 0) return each.map(lineOf);
  return [...problemsAcross(blocks, '/blocks'), ...problemsAcrossMessage(blocks)].map(lineOf);
}

/** True when the blocks hold more text than Slack takes in one message. */
export function hasTooMuchText(blocks: readonly unknown[]): boolean {
  return charactersOf(blocks) > LIMITS.blockCharacters;
}

/** What Slack says about a modal or home view; pointers begin with `/view`. */
export function viewErrors(view: unknown, allowed: 'modal' | 'home', newBlocks: boolean): string[] {
  if (!isObject(view)) return [lineOf({ message: 'must provide an object', pointer: '/view' })];
  const { type } = view;
  if (type !== allowed) return [lineOf(wrongType(type, allowed))];
  const scope: Scope = { surface: allowed, newBlocks };
  const shape: Shape = VIEWS[allowed];
  const problems = shape(view, '/view', scope);
  return (problems.length > 0 ? problems : rulesOfView(view)).map(lineOf);
}

function wrongType(type: unknown, allowed: 'modal' | 'home'): Problem {
  if (type === undefined) return { message: 'missing required field: type', pointer: '/view' };
  if (type === 'home' && allowed === 'modal') {
    return {
      message: "must match the `type` of the root view whose stack we're pushing onto",
      pointer: '/view/type',
    };
  }
  return { message: 'must be a valid enum value', pointer: '/view/type' };
}

function rulesOfView(view: JsonObject): Problem[] {
  const blocks: unknown[] = Array.isArray(view.blocks) ? view.blocks : [];
  const problems = problemsAcross(blocks, '/view/blocks');
  if (view.type === 'modal' && hasInput(blocks) && view.submit === undefined) {
    problems.push({
      message: 'must define `submit` to use an `input` block in modals',
      pointer: '/view/blocks',
    });
  }
  return problems;
}

function lineOf({ message, pointer }: Problem): string {
  return `${message} [json-pointer:${pointer}]`;
}
