import { LIMITS } from './limits.ts';
import { bool, list, object, oneOf, type Rule, type Shape, type Shapes, text } from './shape.ts';
import { confirm, plainText } from './text-shapes.ts';

export const actionId = text({ max: LIMITS.actionId });
export const placeholder = plainText(LIMITS.placeholder);
/** What everything that can be picked has. */
export const common = { action_id: actionId, confirm, focus_on_load: bool };
/** When typing into a field is told to the app. */
export const dispatch = {
  dispatch_action_config: object(
    {},
    { trigger_actions_on: list(oneOf('on_enter_pressed', 'on_character_entered'), { min: 1 }) },
  ),
};

export function element(type: string, required: Shapes, optional: Shapes, rule?: Rule): Shape {
  return object({ type: oneOf(type), ...required }, optional, rule);
}
