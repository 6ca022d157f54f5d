import { actionId, element } from './element-shape.ts';
import { LIMITS } from './limits.ts';
import { list, object, oneOf, type Shapes, text } from './shape.ts';
import { confirm, plainText, webAddress } from './text-shapes.ts';

const label = plainText(LIMITS.buttonText);
const value = text({ min: 0, max: LIMITS.buttonValue });
const style = oneOf('primary', 'danger');
const spoken = { accessibility_label: text({ max: LIMITS.accessibilityLabel }) };

export const button = element(
  'button',
  { text: label },
  { action_id: actionId, confirm, value, url: webAddress(LIMITS.buttonUrl), style, ...spoken },
);

const trigger = object(
  { url: webAddress(LIMITS.buttonUrl) },
  { customizable_input_parameters: list(object({ name: text(), value: text({ min: 0 }) })) },
);

export const workflowButton = element(
  'workflow_button',
  { text: label, workflow: object({ trigger }) },
  { action_id: actionId, confirm, style, ...spoken },
);

const opinion = object({ text: label, value: text({ max: LIMITS.buttonValue }) }, spoken);

/** What may stand in a context_actions block. */
export const CONTEXT_ACTIONS: Shapes = {
  feedback_buttons: element(
    'feedback_buttons',
    { positive_button: opinion, negative_button: opinion },
    { action_id: actionId },
  ),
  icon_button: element(
    'icon_button',
    { icon: oneOf('trash'), text: label },
    {
      action_id: actionId,
      confirm,
      value,
      ...spoken,
      visible_to_user_ids: list(text(), { min: 1, max: LIMITS.visibleToUsers }),
    },
  ),
};
