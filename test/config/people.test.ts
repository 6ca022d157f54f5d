import { describe, expect, it } from 'vitest';
import { changed, good, sentences, valid } from './policy-text.ts';

const with_ = (people: string) =>
  changed('people:\n  admins: [U0SAM]', `people:\n  admins: [U0SAM]\n${people}`);

describe('people', () => {
  it('have roles for the company, in an environment, and for a service there', () => {
    const text = with_('  everyone: viewer\n  approvers: [S0LEADS, lena@acme.example]\n  security: [U0PRIYA]')
      .replace('    strategy: rolling', '    strategy: rolling\n    people: { deployers: [S0TEAM] }')
      .replace(
        '    repository: acme/api',
        '    repository: acme/api\n    people: { staging: { everyone: nobody } }',
      );

    expect(valid(text).people).toEqual({
      all: {
        everyone: 'viewer',
        roles: { admin: ['U0SAM'], approver: ['S0LEADS', 'lena@acme.example'] },
        groups: { security: ['U0PRIYA'] },
      },
      environments: { staging: { roles: { deployer: ['S0TEAM'] }, groups: {} } },
      services: { api: { staging: { everyone: 'nobody', roles: {}, groups: {} } } },
    });
  });

  it('change what a decision was made under', () => {
    expect(valid(with_('  approvers: [U0LENA]')).version).not.toBe(valid(good).version);
  });

  it.each([
    [
      '  approvers: ["@lena"]',
      /people\.approvers\[0\]: "@lena" is not a person or a user group\. A person: open the profile/u,
    ],
    ['  everyone: boss', /people\.everyone: "boss" is nothing everyone could be\. Write one of viewer, /u],
    [
      '  "Release Managers": [U0LENA]',
      /people\."Release Managers": "Release Managers" is not a name for a role or a group/u,
    ],
    [
      '  approver: [U0LENA]',
      /people\.approver: Did you mean `approvers`\? By this name it would be a group/u,
    ],
    [
      '  releese-managers: [U0LENA]',
      /people\.releese-managers: Did you mean `release-managers`\? By this name it would be a group/u,
    ],
    ['  everyone: deployer', /people: Nobody may answer when a deployment to staging asks/u],
  ])('of %j are refused', (people, problem) => {
    expect(sentences(with_(people))).toEqual([expect.stringMatching(problem)]);
  });
});
