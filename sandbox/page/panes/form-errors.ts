import { controlValue, isEmptyValue } from '../elements/control.ts';

/** What Slack's own client refuses before it sends a form: required inputs left empty, malformed addresses, numbers. */
export function formErrors(form: Element): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const block of form.querySelectorAll('[data-input-block]')) {
    const error = blockError(block);
    if (error !== undefined) errors[block.getAttribute('data-input-block') ?? ''] = error;
  }
  return errors;
}

function blockError(block: Element): string | undefined {
  const control = block.querySelector('[data-control]');
  if (control === null) return undefined;
  const invalid = [...control.querySelectorAll('input, textarea')].map(validationMessage).find(Boolean);
  if (invalid !== undefined) return invalid;
  const isMissing = block.hasAttribute('data-required') && isEmptyValue(controlValue(control));
  return isMissing ? 'Please complete this required field.' : undefined;
}

function validationMessage(field: Element): string {
  const isTyped = field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement;
  return isTyped ? field.validationMessage : '';
}
