import { z } from 'zod';
import { isOf } from '../src/domain/people-policy.ts';
import { allows, type Role } from '../src/domain/roles.ts';
import { type RoleHere, whoamiMessage } from '../views/whoami.ts';
import { type Asking, defineCommand, type Reply } from './command.ts';
import { commands } from './index.ts';

const Input = z.strictObject({});

export const whoami = defineCommand<z.infer<typeof Input>>({
  name: 'whoami',
  usage: 'whoami',
  summary: 'who you are to Forge, and what you may do where',
  act: 'read',
  input: Input,
  fromWords: () => ({ kind: 'input', value: {} }),
  run,
});

async function run(_input: z.infer<typeof Input>, asking: Asking): Promise<Reply> {
  const { person, forge, roles } = asking;
  const { people, environments } = forge.policy;
  const member = await asking.membership({ fresh: false });
  const ofForge = await roles({});
  const here = await Promise.all(
    environments.map(async ({ name: environment, approvals }): Promise<RoleHere> => {
      const held = await roles({ environment });
      const needs = (approvals?.needs ?? []).map(({ from }) => from);
      const votesAs = needs.filter((from) => isOf(from, member, { environment }, people));
      const isVoter = votesAs.length > 0;
      return { environment, roles: held, votesAs, commands: commandsFor({ held, ofForge, isVoter }) };
    }),
  );
  return { kind: 'private', message: whoamiMessage(person, here) };
}

/** `ofForge`: what somebody is for the whole company, which decides about Forge itself. */
function commandsFor({ held, ofForge, isVoter }: Held): string[] {
  return Object.entries(commands).flatMap(([name, { act }]) => {
    if (VOTES.has(name)) return isVoter ? [name] : [];
    const roles = act === 'configure' ? ofForge : held;
    return roles.some((role) => allows(role, act)) ? [name] : [];
  });
}

type Held = { held: readonly Role[]; ofForge: readonly Role[]; isVoter: boolean };

/** Whoever may look may open them, but only the votes of some count. */
const VOTES: ReadonlySet<string> = new Set(['approve', 'reject']);
