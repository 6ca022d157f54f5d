import { readFile } from 'node:fs/promises';
import { readCalendars } from './config/calendar-files.ts';
import { type Environment, readEnvironment } from './config/environment.ts';
import { missingForGithub } from './config/policy-variables.ts';
import { missingSecrets } from './config/preview-secrets.ts';
import { withKeyFile } from './config/private-key.ts';
import { sentenceOf } from './config/problem.ts';
import { readPolicy } from './config/read-policy.ts';
import type { Variables } from './config/variables.ts';
import { messageOf } from './domain/errors.ts';
import type { Policy } from './domain/policy.ts';
import type { PolicyRead } from './ports/policy-source.ts';

export type Configuration =
  | { kind: 'valid'; environment: Environment; policy: Policy }
  /** One sentence for each thing somebody must mend, in the environment and in the policy file alike. */
  | { kind: 'invalid'; problems: string[] };

/** Everything Forge is told before it starts: the process's variables and the policy file they name. */
export async function readConfiguration(variables: Variables): Promise<Configuration> {
  const withKey = await withKeyFile(variables);
  const reading = readEnvironment(withKey.variables);
  const file =
    reading.kind === 'valid' ? reading.environment.policyFile : (variables.FORGE_CONFIG?.trim() ?? '');
  const policy = await readPolicyFile(file === '' ? './forge.yml' : file, variables);
  if (reading.kind === 'valid' && policy.kind === 'valid' && withKey.problems.length === 0) {
    return { kind: 'valid', environment: reading.environment, policy: policy.policy };
  }
  const problems = [reading, policy].flatMap((one) => (one.kind === 'invalid' ? one.problems : []));
  return { kind: 'invalid', problems: [...withKey.problems, ...problems] };
}

/** The policy file with the calendars beside it, as they are now; `variables` must hold the secrets it needs. */
export async function readPolicyFile(file: string, variables: Variables): Promise<PolicyRead> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const advice = 'Copy forge.example.yml to forge.yml, or name your file in FORGE_CONFIG.';
    return {
      kind: 'invalid',
      problems: [`The policy file ${file} cannot be read (${messageOf(error)}). ${advice}`],
    };
  }
  const reading = readPolicy(text, file, await readCalendars(text, file));
  if (reading.kind === 'invalid') return { kind: 'invalid', problems: reading.problems.map(sentenceOf) };
  const { policy } = reading;
  const problems = [...missingSecrets(policy, variables), ...missingForGithub(policy, variables)];
  return problems.length > 0 ? { kind: 'invalid', problems } : reading;
}
