import { z } from 'zod';
import { helpMessage } from '../views/help.ts';
import { defineCommand } from './command.ts';
import { commands } from './index.ts';
import { examplePlace } from './place.ts';

const Input = z.strictObject({});

export const help = defineCommand<z.infer<typeof Input>>({
  name: 'help',
  usage: 'help',
  summary: 'this list',
  act: 'read',
  input: Input,
  fromWords: () => ({ kind: 'input', value: {} }),
  run: async (_input, { forge }) => {
    const place = examplePlace(forge.policy);
    const examples = [
      `deploy ${place}`,
      `deploy ${place} v1.1.0 because the new search is approved`,
      ...(forge.policy.github === undefined ? [] : ['ship feature/banner']),
      `rollback ${place}`,
    ];
    return { kind: 'private', message: helpMessage(helpEntries(), examples) };
  },
});

export function helpEntries(): { usage: string; summary: string }[] {
  return Object.values(commands).map(({ usage, summary }) => ({ usage, summary }));
}
