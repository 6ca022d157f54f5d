import { good } from './policy-text.ts';

const sections = `
github:
  triggers: webhook
runner: { isolation: bubblewrap }
`.trimStart();

export type Additions = {
  /** Entries of the service's checks. */
  checks?: readonly string[];
  /** Entries of the environment's checks. */
  there?: readonly string[];
  /** Further lines of the service. */
  service?: readonly string[];
  /** What is deployed, instead of the branch main. */
  deploys?: string;
  /** Instead of GitHub by webhook and a runner. */
  sections?: string;
};

/** The good file with a second environment, GitHub and a runner, and what is said besides. */
export function withCode(additions: Additions = {}): string {
  const { checks = [], there = [], service = [], deploys = '{ branch: main }' } = additions;
  const production = `  production:
    channel: C0PRODUCTION
    deploys: ${deploys}
    strategy: rolling
${listed(there)}`;
  return `${good
    .replace('aws:\n', 'aws:\n  production: { account: "222222222222" }\n')
    .replace('    smoke: [', `${lines(service)}${listed(checks)}    smoke: [`)
    .replace(
      '      staging:\n        eu-west-1',
      '      production:\n        us-east-1: { url: "https://api.example.com", cluster: acme-live, service: api }\n      staging:\n        eu-west-1',
    )}${production}${additions.sections ?? sections}`;
}

function lines(texts: readonly string[]): string {
  return texts.map((text) => `    ${text}\n`).join('');
}

function listed(entries: readonly string[]): string {
  return entries.length === 0 ? '' : lines(['checks:', ...entries.map((entry) => `  - ${entry}`)]);
}
