import { z } from 'zod';
import { reloadMessage } from '../views/reload.ts';
import { defineCommand } from './command.ts';
import { refuseUnusable } from './unusable-words.ts';

const Input = z.strictObject({});

export const reload = defineCommand<z.infer<typeof Input>>({
  name: 'reload',
  usage: 'reload',
  summary: 'reads forge.yml again and says what is different now, or what is wrong with it',
  act: 'configure',
  input: Input,
  fromWords(words) {
    refuseUnusable(words, 'reload', ['numbers', 'strategies', 'regions']);
    return { kind: 'input', value: {} };
  },
  run: async (_input, { forge, caller }) => ({
    kind: 'private',
    message: reloadMessage(await forge.reloadPolicy(caller)),
  }),
});
