import { z } from 'zod';

const Button = z.looseObject({
  type: z.literal('button'),
  text: z.object({ text: z.string() }),
  action_id: z.string(),
  value: z.string().optional(),
});
export type Button = z.infer<typeof Button>;

/** Every button inside blocks or a view, in reading order. */
export function buttonsIn(value: unknown): Button[] {
  if (Array.isArray(value)) return value.flatMap(buttonsIn);
  if (typeof value !== 'object' || value === null) return [];
  const button = Button.safeParse(value);
  return button.success ? [button.data] : Object.values(value).flatMap(buttonsIn);
}

/** The button a person would find by its words; emoji and dots around them do not matter. */
export function findButton(value: unknown, words: string): Button | undefined {
  return buttonsIn(value).find((button) => wordsOf(button.text.text) === wordsOf(words));
}

function wordsOf(text: string): string {
  return text
    .replace(/:[a-z0-9_+-]+:/g, '')
    .replace(/[.…]+$/, '')
    .trim()
    .toLowerCase();
}
