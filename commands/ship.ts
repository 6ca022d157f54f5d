import { z } from 'zod';
import { UserError } from '../src/domain/errors.ts';
import { type Policy, type ServicePolicy, serviceNamed } from '../src/domain/policy.ts';
import { shippedTo } from '../src/domain/shipped-to.ts';
import { plainMessage } from '../views/blocks.ts';
import { code, escaped } from '../views/text.ts';
import { type Asking, defineCommand, type Reading, type Reply } from './command.ts';
import { given } from './given.ts';
import { Reason } from './reason.ts';
import { shown } from './shown.ts';
import { refuseUnusable } from './unusable-words.ts';
import type { Words } from './words.ts';

const Input = z.strictObject({ service: z.string(), branch: z.string().max(250), why: Reason });
type Input = z.infer<typeof Input>;

export const ship = defineCommand<Input>({
  name: 'ship',
  usage: 'ship <branch> [service] [because …]',
  summary: 'checks a branch, opens its pull request, and deploys it once it is merged',
  act: 'ship',
  place: ({ service }, { policy }) => {
    const after = placeAfter(service, policy);
    return { service, ...(after === undefined ? {} : { environment: after }) };
  },
  input: Input,
  fromWords,
  run,
});

function fromWords(words: Words, { forge }: Asking): Reading {
  refuseUnusable(words, 'ship', ['strategies', 'regions', 'numbers']);
  const branch = branchIn(words);
  const service = serviceIn(words, branch, forge.policy);
  refuseEnvironments(words, branch, { service, policy: forge.policy });
  return { kind: 'input', value: { service, branch, ...given({ why: words.why }) } };
}

/** A branch may be called as a service or an environment is: then it is what was typed first. */
function branchIn({ rest, said }: Words): string {
  const [branch, another] = rest;
  if (branch !== undefined && another === undefined) return branch;
  if (another !== undefined) {
    throw new UserError(
      `Which of them is the branch, “${shown(rest.join('”, “'))}”? The name of a branch has no spaces; type it as GitHub shows it. Nothing was done.`,
    );
  }
  const [first] = said;
  if (first !== undefined) return first;
  throw new UserError('Which branch? Type its name, like `/forge ship feature/banner`.');
}

function serviceIn({ services }: Words, branch: string, policy: Policy): string {
  const named = services.filter((name) => name !== branch);
  const usual = usualService(policy);
  if (named.length === 0 && usual !== undefined) return usual;
  const [only, another] = named.length === 0 ? policy.services.map(({ name }) => name) : named;
  if (only !== undefined && another === undefined) return only;
  const known = policy.services.map(({ name }) => code(name)).join(', ');
  throw new UserError(
    `Which service is ${shown(branch)} of? Name one of ${known}, like \`/forge ship ${shown(branch)} ${only ?? 'api'}\`.`,
  );
}

/** What `/forge deploy` means as well by the environment that it ends in. */
function usualService({ environments, github }: Policy): string | undefined {
  const { base, then } = github?.ship ?? {};
  const after = environments.find(({ name, branch }) =>
    then === undefined ? branch === base : name === then,
  );
  return after?.defaultService;
}

function refuseEnvironments(
  { environments }: Words,
  branch: string,
  { service, policy }: { service: string; policy: Policy },
): void {
  const after = placeAfter(service, policy);
  const other = environments.find((name) => name !== branch && name !== after);
  if (other === undefined) return;
  const where = after === undefined ? 'is not deployed by itself after that' : `goes to ${after}`;
  throw new UserError(
    `What is shipped ${where}, as forge.yml says. Leave out ${other}, and deploy there once it is merged. Nothing was done.`,
  );
}

/** Where it is deployed once it is merged. */
function placeAfter(name: string, policy: Policy): string | undefined {
  return shippedTo(policy, { runs: serviceNamed(policy, name)?.runs ?? {} })?.name;
}

async function run({ service: name, branch, why }: Input, { forge, caller }: Asking): Promise<Reply> {
  const service = requireService(name, forge.policy);
  const id = await forge.shipBranch({ service, branch, ...given({ why }) }, caller);
  const text = `${id} is on its way: ${escaped(branch)} of ${escaped(service.title)} is checked first. Its message is in ${await channel(id, forge)}.`;
  return { kind: 'private', message: plainMessage(text) };
}

async function channel(id: string, forge: Asking['forge']): Promise<string> {
  return `<#${(await forge.shipment(id)).channel}>`;
}

function requireService(name: string, policy: Policy): ServicePolicy {
  const service = serviceNamed(policy, name);
  if (service !== undefined) return service;
  throw new UserError(`There is no service called “${shown(name)}”. Nothing was done.`);
}
