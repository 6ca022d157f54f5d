import { button, workflowButton } from './button-shapes.ts';
import { fileInput, richTextInput, TYPED } from './input-shapes.ts';
import { dateTimePicker, PICKERS } from './picker-shapes.ts';
import { CHOICES, overflow, SELECTS } from './select-shapes.ts';
import type { Shapes } from './shape.ts';

/** What may stand beside a section's text. */
export const ACCESSORIES: Shapes = {
  button,
  workflow_button: workflowButton,
  overflow,
  ...SELECTS,
  ...PICKERS,
  ...CHOICES,
};

export const ACTIONS: Shapes = {
  ...ACCESSORIES,
  datetimepicker: dateTimePicker,
  rich_text_input: richTextInput,
};

export const INPUTS: Shapes = {
  ...SELECTS,
  ...PICKERS,
  ...CHOICES,
  datetimepicker: dateTimePicker,
  ...TYPED,
  rich_text_input: richTextInput,
  file_input: fileInput,
};
