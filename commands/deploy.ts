import { z } from 'zod';
import { UserError } from '../src/domain/errors.ts';
import { nearest } from '../src/domain/nearest.ts';
import type { Policy } from '../src/domain/policy.ts';
import type { Release } from '../src/domain/release.ts';
import { plainMessage } from '../views/blocks.ts';
import { type DeployFormContent, deployForm } from '../views/deploy-form.ts';
import { code, escaped, quoted } from '../views/text.ts';
import { type Asking, defineCommand, type Reading, type Reply } from './command.ts';
import { fieldText } from './form-fields.ts';
import { impliedService, meantWord, placeMisfit, placeNamed } from './place.ts';
import { LONGEST_REASON } from './typed.ts';
import { refuseUnusable } from './unusable-words.ts';
import type { Words } from './words.ts';

const name = (what: string) => z.string({ error: `Choose ${what}.` }).min(1, `Choose ${what}.`);

const Input = z.strictObject({
  service: name('a service'),
  environment: name('an environment'),
  ref: z
    .string()
    .regex(/^[\w./@+-]{1,100}$/u, 'A version, branch or commit has no spaces and at most 100 characters.')
    .optional(),
  why: z.string().max(3000, 'At most 3,000 characters.').optional(),
});
type Input = z.infer<typeof Input>;

export const deploy = defineCommand<Input>({
  name: 'deploy',
  usage: 'deploy [service] <environment> [version, branch or commit] [because …]',
  summary: 'puts a release on a service',
  input: Input,
  fromWords,
  fromForm: (values) => ({
    service: fieldText(values, 'service'),
    environment: fieldText(values, 'environment'),
    ref: fieldText(values, 'ref'),
    why: fieldText(values, 'why'),
  }),
  run,
});

async function fromWords(words: Words, asking: Asking): Promise<Reading> {
  const { policy } = asking.forge;
  refuseUnsupported(words);
  const [environment] = words.environments;
  const [first] = words.rest;
  if (environment === undefined && first !== undefined) refuseMisspelt(first, asking);
  const service = words.services[0] ?? impliedOf(environment, asking);
  const known = pick({ service, environment, ref: first, why: words.why });
  const form = (note: string | undefined) =>
    asForm(asking, { ...known, ...(note === undefined ? {} : { note }) });
  if (words.services.length > 1 || words.environments.length > 1) {
    return form(
      'You named two services or environments. Which one is it? One deployment is of one service in one environment.',
    );
  }
  if (words.rest.length > 1) {
    const named = words.rest.map(code).join(' and ');
    return form(`${named} could each be the release. Which one is it?`);
  }
  if (service === undefined || environment === undefined) return form(undefined);
  if (first === undefined) {
    const place = placeNamed(policy, { service, environment });
    const isTwoThings = await asking.forge.isRelease(place, environment);
    if (isTwoThings) {
      return form(
        `${code(environment)} is an environment and also a release of ${escaped(place.service.title)}. Say which release to deploy, or leave it empty for the newest of ${code(place.environment.branch)}.`,
      );
    }
  }
  return { kind: 'input', value: known };
}

function impliedOf(environment: string | undefined, { forge }: Asking): string | undefined {
  return environment === undefined ? undefined : impliedService(forge.policy, environment);
}

function refuseUnsupported(words: Words): void {
  const [strategy] = words.strategies;
  if (strategy !== undefined && strategy !== 'rolling') {
    throw new UserError(
      `Forge cannot deploy ${strategy} yet, only rolling. Leave the word out to deploy with the environment's strategy.`,
    );
  }
  if (words.regions.length > 0) {
    throw new UserError(
      `A deployment goes to all regions of its environment; one region alone is not possible. Leave out ${words.regions.join(' and ')}.`,
    );
  }
  if (words.numbers.length > 0) {
    throw new UserError(
      `#${words.numbers[0]} is a deployment, not a release. Name a version, a branch or a commit; \`/forge status #${words.numbers[0]}\` shows which one it was.`,
    );
  }
}

/** A suggestion is said, never carried out. */
function refuseMisspelt(word: string, { forge }: Asking): void {
  const meant = meantWord(forge.policy, word);
  if (meant === undefined) return;
  throw new UserError(
    `There is no service or environment called “${word}”. Did you mean \`${meant}\`? Nothing was done.`,
  );
}

function asForm({ forge }: Asking, content: Omit<DeployFormContent, 'policy'>): Reading {
  return {
    kind: 'reply',
    reply: {
      kind: 'form',
      form: deployForm({ policy: forge.policy, ...content }),
      otherwise: plainMessage(
        `${content.note === undefined ? 'Something is missing.' : content.note} Slack did not let Forge open its form in time: type it all, like \`/forge deploy api staging\`, or try again.`,
      ),
    },
  };
}

async function run(input: Input, asking: Asking): Promise<Reply> {
  const { forge, caller } = asking;
  const { service, environment } = placeNamed(forge.policy, input);
  const outcome = await forge.requestDeployment(
    { service, environment, ...pick({ ref: input.ref, why: input.why }) },
    caller,
  );
  switch (outcome.kind) {
    case 'repeated':
      return { kind: 'silent' };
    case 'requested':
      return {
        kind: 'private',
        message: plainMessage(
          `Deployment #${outcome.deployment} of ${escaped(service.title)} to ${environment.name} has begun. Its message in <#${environmentChannel(asking, environment.name)}> shows how it goes.`,
        ),
      };
    case 'ambiguous':
      return ambiguous(input, outcome, asking);
  }
}

function environmentChannel({ forge }: Asking, environment: string): string {
  return environmentNamed(forge.policy, environment)?.channel ?? '';
}

function ambiguous(
  input: Input,
  { ref, candidates }: { ref: string; candidates: Release[] },
  { forge }: Asking,
): Reply {
  const labels = candidates.map((release) => ({
    ref: release.commit ?? release.version,
    label: `${release.version} (${(release.commit ?? '').slice(0, 12)})`,
  }));
  const note = `“${quoted(ref)}” could be any of these releases. Which one is it?`;
  const { ref: _ambiguous, ...rest } = input;
  const list = labels.map(({ label }) => code(label)).join(', ');
  return {
    kind: 'form',
    form: deployForm({ policy: forge.policy, ...pick(rest), note, candidates: labels }),
    otherwise: plainMessage(`${note} ${list}. Nothing was done; type more of it.`),
  };
}

/** Leaves out what is undefined. */
function pick<Part extends Record<string, string | undefined>>(part: Part): { [Key in keyof Part]?: string } {
  const given: { [Key in keyof Part]?: string } = {};
  for (const key in part) if (part[key] !== undefined) given[key] = part[key];
  return given;
}
