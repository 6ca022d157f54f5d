import { readFile } from 'node:fs/promises';
import { type Environment, readEnvironment } from './config/environment.ts';
import { missingSecrets } from './config/preview-secrets.ts';
import { sentenceOf } from './config/problem.ts';
import { readPolicy } from './config/read-policy.ts';
import { messageOf } from './domain/errors.ts';
import type { Policy } from './domain/policy.ts';

export type Configuration =
  | { kind: 'valid'; environment: Environment; policy: Policy }
  /** One sentence for each thing somebody must mend, in the environment and in the policy file alike. */
  | { kind: 'invalid'; problems: string[] };

/** Everything Forge is told before it starts: the process's variables and the policy file they name. */
export async function readConfiguration(
  variables: Record<string, string | undefined>,
): Promise<Configuration> {
  const reading = readEnvironment(variables);
  const file =
    reading.kind === 'valid' ? reading.environment.policyFile : (variables.FORGE_CONFIG?.trim() ?? '');
  const policy = await readPolicyFile(file === '' ? './forge.yml' : file);

  const problems = [
    ...(reading.kind === 'invalid' ? reading.problems : []),
    ...(policy.kind === 'invalid' ? policy.problems : missingSecrets(policy.policy, variables)),
  ];
  if (reading.kind === 'invalid' || policy.kind === 'invalid' || problems.length > 0) {
    return { kind: 'invalid', problems };
  }
  return { kind: 'valid', environment: reading.environment, policy: policy.policy };
}

async function readPolicyFile(
  file: string,
): Promise<{ kind: 'valid'; policy: Policy } | { kind: 'invalid'; problems: string[] }> {
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
  const reading = readPolicy(text, file);
  if (reading.kind === 'valid') return reading;
  return { kind: 'invalid', problems: reading.problems.map(sentenceOf) };
}
