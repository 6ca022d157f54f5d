import type { ModalView } from '@slack/types';
import { z } from 'zod';
import { buttonsIn } from '../../sandbox/find-button.ts';
import { plainText } from '../../sandbox/plain-text.ts';

const Chosen = z.object({ value: z.string() });
const Input = z.object({
  type: z.literal('input'),
  block_id: z.string(),
  element: z.object({
    initial_value: z.string().optional(),
    initial_option: Chosen.optional(),
    options: z.array(Chosen).default([]),
  }),
});

function inputs(form: ModalView | undefined): z.infer<typeof Input>[] {
  return (form?.blocks ?? []).flatMap((block) => Input.safeParse(block).data ?? []);
}

/** What a form's fields hold before anybody touches them, by block. */
export function initialValues(form: ModalView | undefined): Record<string, string> {
  const values = inputs(form).map(({ block_id, element }) => [
    block_id,
    element.initial_option?.value ?? element.initial_value,
  ]);
  return Object.fromEntries(values.filter(([, value]) => value !== undefined));
}

/** The values a form's menu offers. */
export function choices(form: ModalView | undefined, id: string): string[] {
  const field = inputs(form).find(({ block_id }) => block_id === id);
  return (field?.element.options ?? []).map(({ value }) => value);
}

export function formWords(form: ModalView | undefined): string {
  return plainText(form?.blocks ?? []).join('\n');
}

/** The value of a button in an answer, parsed. */
export function buttonValue(blocks: unknown, text: string): unknown {
  const button = buttonsIn(blocks).find((one) => one.text.text === text);
  return button?.value === undefined ? undefined : JSON.parse(button.value);
}
