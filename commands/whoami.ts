import { z } from 'zod';
import { whoamiMessage } from '../views/help.ts';
import { defineCommand } from './command.ts';
import { helpEntries } from './help.ts';

const Input = z.strictObject({});

export const whoami = defineCommand<z.infer<typeof Input>>({
  name: 'whoami',
  usage: 'whoami',
  summary: 'who you are to Forge, and what you may do',
  input: Input,
  fromWords: () => ({ kind: 'input', value: {} }),
  run: async (_input, { person }) => ({
    kind: 'private',
    message: whoamiMessage(person, helpEntries()),
  }),
});
