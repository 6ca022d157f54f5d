import { describe, expect, it } from 'vitest';
import { impactsIn } from '../../src/domain/impact.ts';
import { type PullRequestContent, pullRequestPart } from '../../src/domain/pull-request-body.ts';
import { pullRequestTitle } from '../../src/domain/pull-request-title.ts';

const content: PullRequestContent = {
  why: 'people miss the news',
  impacts: [{ what: 'Start page', before: '1.2 s', after: '0.8 s' }],
  commits: [{ sha: 'c0ffee'.padEnd(40, '0'), message: 'Show a banner\n\nMore of it' }],
  total: 3,
  files: [{ path: 'src/a`b.ts', additions: 3, deletions: 1 }],
  additions: 3,
  deletions: 1,
  risk: { level: 'medium', reasons: ['code changes, and no test does'] },
  isWhole: true,
  checks: [
    { name: 'Unit tests', state: 'passed', says: 'Passed in 3 s.' },
    { name: 'Security scan', state: 'failed', says: '2 high' },
  ],
  hostedChecks: [{ name: 'codecov', state: 'passed', says: '92.1%' }],
  approvedBy: [],
  reviewsWanted: 1,
  shipment: 'S1',
  environment: 'staging',
  slack: 'https://acme.slack.com/archives/C1/p1',
};

describe('Forge’s part of a description', () => {
  it('says what it is for, what it changes, how risky it is, what was checked and who approved it', () => {
    expect(pullRequestPart(content)).toMatchInlineSnapshot(`
      "## Summary

      people miss the news

      ## Impact

      - **Start page**: 1.2 s → 0.8 s

      ## Changes

      - … 2 earlier commits
      - Show a banner (\`c0ffee000000\`)

      ## Files

      1 file changed, 3 lines added, 1 removed

      - \`\`src/a\`b.ts\`\` +3 −1

      ## Risk

      **medium**

      - code changes, and no test does

      ## Checks

      - :white_check_mark: Unit tests: Passed in 3 s.
      - :x: Security scan: 2 high

      ## Coverage and scan

      - :x: Security scan: 2 high
      - :white_check_mark: codecov: 92.1%

      ## Approvals

      Nobody has approved it yet. 1 approval is needed, of somebody who did not make the change.

      ---

      Shipped with Forge as S1, [followed in Slack](https://acme.slack.com/archives/C1/p1). Once it is merged, it is deployed to staging. What is written above or below this part stays."
    `);
  });

  it.each([
    [[], 0, 'Nobody has approved it yet. Nobody has to.'],
    [[], 2, 'Nobody has approved it yet. 2 approvals are needed, of somebody who did not make the change.'],
    [['lena'], 0, 'Approved by `lena`. Nobody has to.'],
    [['lena'], 1, 'Approved by `lena`.'],
    [['lena'], 2, 'Approved by `lena`. 1 more approval is needed,'],
    [['lena', 'ravi'], 4, 'Approved by `lena`, `ravi`. 2 more approvals are needed,'],
  ])('says who approved it, and what is missing: %j of %i', (approvedBy, reviewsWanted, words) => {
    const text = pullRequestPart({ ...content, approvedBy, reviewsWanted });

    expect(text).toContain(`## Approvals\n\n${words}`);
  });

  it('says what it takes back', () => {
    expect(pullRequestPart({ ...content, reverts: 142 })).toContain(
      'Takes back what deployment 142 brought.',
    );
  });

  it('says what it knows of coverage and scans by what checks are called and say, and nothing where there are none', () => {
    const of = (name: string, says?: string) =>
      pullRequestPart({
        ...{ ...content, hostedChecks: [] },
        checks: [{ name, state: 'passed', ...(says === undefined ? {} : { says }) }],
      });

    expect(of('Unit tests', 'Passed in 3 s. Coverage: 92.3 % of lines.')).toContain(
      '## Coverage and scan\n\n- :white_check_mark: Unit tests: Passed in 3 s. Coverage: 92.3 % of lines.',
    );
    expect(of('CodeQL')).toContain('## Coverage and scan\n\n- :white_check_mark: CodeQL: passed');
    expect(of('Unit tests')).not.toContain('Coverage');
    expect(pullRequestPart({ ...content, checks: [{ name: 'Unit tests', state: 'failed' }] })).toContain(
      ':x: Unit tests: did not pass',
    );
  });

  it('says that there may be more files than GitHub lists', () => {
    expect(pullRequestPart({ ...content, isWhole: false, additions: 1 })).toContain(
      'at least 1 file changed, 1 line added, 1 removed',
    );
  });

  it('has no markup of whatever was written elsewhere, and each of it on its own line', () => {
    const hostile = '</details> ```\n## Ok\n- [x] done <!-- forge: up to here --> @everyone Closes #1 :tada:';
    const text = pullRequestPart({
      ...content,
      why: hostile,
      impacts: [{ what: hostile, before: hostile, after: hostile }],
      commits: [{ sha: 'a'.repeat(40), message: hostile }],
      files: [{ path: hostile, additions: 1, deletions: 1 }],
      checks: [{ name: hostile, state: 'passed', says: hostile }],
      approvedBy: [hostile],
      risk: { level: 'low', reasons: [hostile] },
      environment: hostile,
    });
    const withoutCode = text.replaceAll(/(`+)(?!`)[^\n]*?[^`]\1(?!`)/gu, '');

    expect(text).not.toMatch(/<!--/u);
    expect(withoutCode).not.toMatch(/<\/?\w|@\w|#\d|:tada:|(?<!\\)\[x\]|(?<!\\)```/u);
    expect(text.match(/^## .*$/gmu)).toEqual([
      '## Summary',
      '## Impact',
      '## Changes',
      '## Files',
      '## Risk',
      '## Checks',
      '## Coverage and scan',
      '## Approvals',
    ]);
  });

  it('leaves out what there is nothing of, and lists no more than anybody reads', () => {
    const { why: _why, slack: _slack, environment: _environment, ...bare } = content;
    const files = Array.from({ length: 60 }, (_, index) => ({
      path: `f${index}`,
      additions: 1,
      deletions: 0,
    }));
    const text = pullRequestPart({ ...bare, impacts: [], checks: [], total: 2, reviewsWanted: 0, files });
    const unnamed = pullRequestPart({ ...bare, impacts: [{ what: '', before: '1', after: '2' }], total: 1 });

    expect(text).not.toContain('## Impact');
    expect(text).toContain('… 1 earlier commit\n');
    expect(unnamed).toContain('- 1 → 2');
    expect(unnamed).not.toContain('earlier');
    expect(text).toContain('Show a banner');
    expect(text).toContain('… and 10 more');
    expect(text).not.toContain('Once it is merged');
    expect(pullRequestPart({ ...bare, commits: [] })).toContain('Nobody said more than the list of changes');
  });

  it('links to no address that is none of Slack’s kind', () => {
    expect(pullRequestPart({ ...content, slack: 'https://x.y/)[a](javascript:1)' })).not.toContain(
      'javascript',
    );
  });
});

describe('the title', () => {
  it.each([
    ['of the only commit', 'feature/x', ['Show a banner\n\nbody'], 'Show a banner'],
    ['of the branch in words', 'feature/add-a_banner', ['a', 'b'], 'Add a banner'],
    ['of a branch without words', '--', ['a', 'b'], '--'],
    ['of a commit without any', 'feature/x', ['\n'], 'X'],
  ])('is that %s', (_, branch, messages, title) => {
    expect(pullRequestTitle({ branch, messages })).toBe(title);
  });

  it('has at most 256 characters', () => {
    expect(pullRequestTitle({ branch: 'x', messages: ['y'.repeat(300)] })).toHaveLength(256);
  });
});

describe('the impact', () => {
  it('is what trailers of commits say, each once', () => {
    const messages = [
      'A\n\nImpact: Start page: 1 s -> 0.5 s',
      'B\n\nimpact: 10 MB → 8 MB\nImpact: 10 MB → 8 MB',
    ];

    expect(impactsIn(messages)).toEqual([
      { what: 'Start page', before: '1 s', after: '0.5 s' },
      { what: '', before: '10 MB', after: '8 MB' },
    ]);
  });

  it.each(['Impact: none', 'Impact: a -> b -> c', 'Impact: -> b', 'Impact: a ->', 'no impact: a -> b'])(
    'is nothing of %j',
    (line) => {
      expect(impactsIn([line])).toEqual([]);
    },
  );
});
