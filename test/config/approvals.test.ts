import { describe, expect, it } from 'vitest';
import { changed, good, sentences, valid } from './policy-text.ts';

const usual = 'everyone: approver\n  release-managers: [U0LENA]\n  security: [S0SECURITY]';

function approvals(section: string, people = usual): string {
  return changed('    strategy: rolling', `    strategy: rolling\n    approvals: ${section}`).replace(
    '  admins: [U0SAM]',
    `  admins: [U0SAM]\n  ${people}`,
  );
}

describe('approvals', () => {
  it('are none unless they are written', () => {
    expect(valid(good).environments[0]).not.toHaveProperty('approvals');
  });

  it('say how many of which role or group must say yes, by the names of the roles', () => {
    const text = approvals(
      '{ from: { release-managers: 1, security: 2 }, within: 4h, emergency alone: true }',
    );

    expect(valid(text).environments[0]?.approvals).toEqual({
      needs: [
        { from: 'release-manager', count: 1 },
        { from: 'security', count: 2 },
      ],
      within: 14_400_000,
      emergencyAlone: true,
    });
  });

  it('expire after two hours, and emergencies need somebody else, unless they say otherwise', () => {
    expect(valid(approvals('{ from: { security: 1 } }')).environments[0]?.approvals).toMatchObject({
      within: 7_200_000,
      emergencyAlone: false,
    });
  });

  it('may be of the greater role, of a group of one environment, and of everyone', () => {
    const commander = approvals('{ from: { release-managers: 1 } }', 'incident-commanders: [U0DANA]');
    const ofGroup = approvals('{ from: { finance: 1 } }').replace(
      '    strategy: rolling',
      '    strategy: rolling\n    people: { finance: [U0MAYA] }',
    );
    const ofEveryone = approvals('{ from: { approvers: 3 } }', 'everyone: approver');

    expect([commander, ofGroup, ofEveryone].flatMap((text) => sentences(text))).toEqual([]);
  });

  it.each([
    [
      '{ from: { securty: 1 } }',
      /from\.securty: No role or group under `people` is called `securty`\. Did you mean `security`\?$/u,
    ],
    [
      '{ from: { release-manager: 1 } }',
      /from\.release-manager: No role or group .* Did you mean `release-managers`\?$/u,
    ],
    [
      '{ from: { admins: 1 } }',
      /from\.admins: That role does not vote\. Name approvers, release-managers, incident-commanders/u,
    ],
    ['{ from: { deployers: 1 } }', /from\.deployers: That role does not vote\./u],
    ['{ from: {} }', /approvals\.from: Name at least one\. Write from:/u],
    ['{ within: 2h }', /approvals\.from: Add this group of keys\. So many people of each role or group/u],
    ['{ from: { security: 0 } }', /from\.security: Write a whole number of people, from 1 to 10\./u],
    ['{ from: { security: one } }', /from\.security: "one" is not a number of people\./u],
    ['{ from: { security: 1 }, within: soon }', /approvals\.within: "soon" is not a length of time\./u],
    [
      '{ from: { security: 1 }, emergency alone: "no" }',
      /approvals\."emergency alone": Write true or false\./u,
    ],
    [
      '[{ from: security, required: 1 }]',
      /approvals: a list stands where a group of keys belongs\. Who must say yes .* Write from:/u,
    ],
    ['{ from: { Security: 1 } }', /"Security" is not a name for a role or a group/u],
  ])('of a wrong form are refused at their place: %s', (section, problem) => {
    expect(sentences(approvals(section))).toEqual([expect.stringMatching(problem)]);
    expect(sentences(approvals(section))).toEqual([
      expect.stringMatching(/^forge\.yml:32:\d+ environments\.staging\.approvals/u),
    ]);
  });

  it.each([
    ['{ from: { release-managers: 2 } }', usual, 1],
    [
      '{ from: { release-managers: 1, ops: 1 } }',
      'everyone: approver\n  release-managers: [U0LENA]\n  ops: [U0LENA]',
      1,
    ],
    ['{ from: { security: 1 } }', 'everyone: approver\n  security: []', 1],
    ['{ from: { approvers: 1 } }', 'security: [U0PRIYA]', 1],
  ])('that could never be given are refused: %s with %j', (section, people, missing) => {
    const problems = sentences(approvals(section, people));

    expect(problems).toEqual(
      ['api', 'mailer'].map((service) =>
        expect.stringMatching(
          new RegExp(`${service} could never be deployed to staging: .*\\. Name ${missing} more under`),
        ),
      ),
    );
  });

  it('that could never be given for one service only are refused for that one', () => {
    const text = approvals('{ from: { release-managers: 1 } }').replace(
      '    repository: acme/mailer',
      '    repository: acme/mailer\n    people: { staging: { release-managers: [] } }',
    );

    expect(sentences(text)).toEqual([
      expect.stringMatching(
        /from\.release-managers: mailer could never be deployed to staging: nobody is named for it\./u,
      ),
    ]);
  });

  it('count as many of a user group as are wanted, whoever else is named', () => {
    expect(sentences(approvals('{ from: { security: 3, release-managers: 1 } }'))).toEqual([]);
  });
});
