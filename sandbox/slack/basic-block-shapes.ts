import { block } from './block-shape.ts';
import { CONTEXT_ACTIONS } from './button-shapes.ts';
import { ACCESSORIES, ACTIONS, INPUTS } from './element-shapes.ts';
import { isObject } from './json.ts';
import { LIMITS } from './limits.ts';
import { bool, integer, list, oneOf, type Rule, text, typed } from './shape.ts';
import { anyText, image, imageFields, markup, oneImageSource, plainText } from './text-shapes.ts';

const textOrFields: Rule = (value) =>
  value.text === undefined && value.fields === undefined
    ? { message: 'must define either `text` or `fields`' }
    : undefined;

export const section = block(
  'section',
  {},
  {
    text: anyText(LIMITS.textObject),
    fields: list(anyText(LIMITS.fieldText), { min: 1, max: LIMITS.fields }),
    accessory: typed(() => ({ image, ...ACCESSORIES })),
    expand: bool,
  },
  textOrFields,
);

export const header = block(
  'header',
  { text: plainText(LIMITS.headerText) },
  { level: integer({ min: 1, max: LIMITS.headerLevel }) },
);

const CONTEXT = { image, plain_text: plainText(LIMITS.textObject), mrkdwn: markup(LIMITS.textObject) };

export const context = block('context', {
  elements: list(
    typed(() => CONTEXT),
    { min: 1, max: LIMITS.contextElements },
  ),
});

export const actions = block('actions', {
  elements: list(
    typed(() => ACTIONS),
    { min: 1, max: LIMITS.actionsElements },
  ),
});

export const contextActions = block('context_actions', {
  elements: list(
    typed(() => CONTEXT_ACTIONS),
    { min: 1, max: LIMITS.contextActions },
  ),
});

const noDispatchOfFiles: Rule = ({ dispatch_action: dispatches, element }) =>
  dispatches === true && isObject(element) && element.type === 'file_input'
    ? { message: '`dispatch_action` is not supported for `file_input`', at: 'dispatch_action' }
    : undefined;

export const input = block(
  'input',
  { label: plainText(LIMITS.inputLabel), element: typed(() => INPUTS) },
  { hint: plainText(LIMITS.inputLabel), optional: bool, dispatch_action: bool },
  noDispatchOfFiles,
);

export const divider = block('divider', {});

export const imageBlock = block(
  'image',
  { alt_text: text({ max: LIMITS.altText }) },
  { ...imageFields, title: plainText(LIMITS.altText) },
  oneImageSource,
);

export const markdown = block('markdown', { text: text() });

export const alert = block(
  'alert',
  { text: anyText(LIMITS.alertText) },
  { level: oneOf('default', 'info', 'warning', 'error', 'success') },
);
