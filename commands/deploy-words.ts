import { UserError } from '../src/domain/errors.ts';
import { nearest } from '../src/domain/nearest.ts';
import { plainMessage } from '../views/blocks.ts';
import { type DeployFormContent, deployForm } from '../views/deploy-form.ts';
import { code, escaped } from '../views/text.ts';
import type { Asking, Reading, Reply } from './command.ts';
import { outlookOf } from './filled-in.ts';
import { given, only } from './given.ts';
import {
  examplePlace,
  impliedService,
  looksLikeRelease,
  placeNamed,
  refuseMisspelt,
  unknownEnvironment,
} from './place.ts';
import { shown } from './shown.ts';
import { refuseUnusable } from './unusable-words.ts';
import type { Words } from './words.ts';

/** What words after `deploy` come to. What could mean two things is asked, never guessed: the form leaves that field open. */
export async function deployFromWords(words: Words, asking: Asking): Promise<Reading> {
  const { policy } = asking.forge;
  refuseUnsupported(words);
  const environment = only(words.environments);
  if (words.environments.length === 0) refuseMisspelt(words.rest, policy);
  const service = only(words.services) ?? impliedOf(words, environment, asking);
  const known = given({
    ...{ service, environment, ref: only(words.rest), why: words.why },
    strategy: only(words.strategies),
  });
  if (words.services.length > 1 || words.environments.length > 1) {
    return asForm(asking, { ...known, note: twoPlaces(words) });
  }
  if (words.strategies.length > 1) {
    return asForm(asking, { ...known, note: twoStrategies(words), isStrategyAsked: true });
  }
  if (words.rest.length > 1) return asForm(asking, { ...known, ...twoReleases(words.rest) });
  const [word] = words.rest;
  if (words.environments.length === 0 && word !== undefined && !looksLikeRelease(word, policy)) {
    return asForm(asking, {
      ...given({ service, strategy: known.strategy, why: words.why }),
      note: `${escaped(unknownEnvironment(word, policy))} Choose the environment; if ${code(shown(word))} is a release, type it below.`,
    });
  }
  if (service === undefined || environment === undefined) return asForm(asking, known);
  const doubt = await doubtAbout({ service, environment, words }, asking);
  return doubt === undefined ? { kind: 'input', value: known } : asForm(asking, { ...known, ...doubt });
}

function refuseUnsupported(words: Words): void {
  const [number] = words.numbers;
  if (number !== undefined) {
    throw new UserError(
      `#${number} is a deployment, not a release. Name a version, a branch or a commit; \`/forge status #${number}\` shows which one it was. Nothing was done.`,
    );
  }
  refuseUnusable(words, 'deploy', ['regions']);
}

function impliedOf(words: Words, environment: string | undefined, { forge }: Asking): string | undefined {
  if (words.services.length > 0 || environment === undefined) return undefined;
  return impliedService(forge.policy, environment);
}

function twoPlaces({ services, environments }: Words): string {
  const named = [services, environments].filter((names) => names.length > 1).map((names) => names.map(code));
  const choices = named.map((names) => names.join(' or '));
  return `Which one do you mean, ${choices.join(', and ')}? One deployment is of one service in one environment.`;
}

function twoStrategies({ strategies }: Words): string {
  return `Which one do you mean, ${strategies.map(code).join(' or ')}? Choose one way to deploy.`;
}

function twoReleases(refs: readonly string[]): Pick<DeployFormContent, 'note' | 'candidates'> {
  const candidates = refs.map((ref) => ({ ref: shown(ref), label: shown(ref) }));
  const named = candidates.map(({ label }) => code(label)).join(' and ');
  return { note: `${named} could each be the release. Which one is it?`, candidates };
}

/** A word that could be two things; undefined when there is no doubt. Throws a `UserError` for a misspelt service. */
async function doubtAbout(
  { service, environment, words }: { service: string; environment: string; words: Words },
  asking: Asking,
): Promise<Pick<DeployFormContent, 'note' | 'candidates'> | undefined> {
  const { forge } = asking;
  const place = placeNamed(forge.policy, { service, environment });
  const [ref] = words.rest;
  if (ref === undefined) {
    if (!(await forge.isRelease(place, environment))) return undefined;
    const { branch } = place.environment;
    return {
      note: `${code(environment)} is an environment and also a release of ${escaped(place.service.title)}. Which release should be deployed?`,
      candidates: [
        { ref: branch, label: `the newest release of ${branch}` },
        { ref: environment, label: `the release called ${environment}` },
      ],
    };
  }
  const meant =
    words.services.length > 0
      ? undefined
      : nearest(
          ref,
          forge.policy.services.map(({ name }) => name),
        );
  if (meant === undefined || (await forge.isRelease(place, ref))) return undefined;
  throw new UserError(
    `There is no service and no release of ${place.service.title} called “${shown(ref)}”. Did you mean the service \`${meant}\`? Nothing was done.`,
  );
}

function asForm(asking: Asking, content: Omit<DeployFormContent, 'policy'>): Reading {
  return { kind: 'reply', reply: deployQuestion(asking, content) };
}

/** Asks by the form of a deployment, filled in as far as that is known. */
export function deployQuestion(asking: Asking, content: Omit<DeployFormContent, 'policy'>): Reply {
  const { policy } = asking.forge;
  const why = content.note ?? 'Something is missing.';
  const form = { policy, ...content };
  return {
    kind: 'form',
    form: deployForm(form),
    otherwise: plainMessage(
      `${why} Slack did not let Forge open its form in time, so nothing was done: type it all, like ${code(`/forge deploy ${examplePlace(policy)}`)}, or try again.`,
    ),
    refreshed: async () => deployForm({ ...form, outlook: await outlookOf(content, asking) }),
  };
}
