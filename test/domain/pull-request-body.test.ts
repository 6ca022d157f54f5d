import { describe, expect, it } from 'vitest';
import { impactsIn } from '../../src/domain/impact.ts';
import { type PullRequestContent, pullRequestPart, withPart } from '../../src/domain/pull-request-body.ts';
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
  checks: [{ name: 'Unit tests', says: 'passed in 3 s' }],
  approvedBy: [],
  reviewsWanted: 1,
  shipment: 'S1',
  slack: 'https://acme.slack.com/archives/C1/p1',
};

describe('Forge’s part of a description', () => {
  it('says what it is for, what it changes, how risky it is, what was checked and who approved it', () => {
    expect(pullRequestPart(content)).toMatchInlineSnapshot(`
      "## Summary

      people miss the news

      ## Impact

      - **Start page**: 1\\.2 s → 0\\.8 s

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

      - :white_check_mark: Unit tests: passed in 3 s

      ## Approvals

      Nobody has approved it yet; 1 other person has to.

      ---

      Opened by Forge as S1, [followed in Slack](https://acme.slack.com/archives/C1/p1). What is written above or below this part stays."
    `);
  });

  it('says who approved it, and what it takes back', () => {
    const text = pullRequestPart({ ...content, approvedBy: ['lena'], reverts: 142 });

    expect(text).toContain('Approved by `lena`; 1 other person has to.');
    expect(text).toContain('Takes back what deployment 142 brought.');
  });

  it('leaves out what there is nothing of, and lists no more than anybody reads', () => {
    const { why: _why, slack: _slack, ...bare } = content;
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
    expect(text).toContain('Nobody has approved it yet; nobody has to.');
    expect(pullRequestPart({ ...bare, reviewsWanted: 2, commits: [] })).toContain('2 other people have to.');
  });

  it('links to no address that is none of Slack’s kind', () => {
    expect(pullRequestPart({ ...content, slack: 'https://x.y/)[a](javascript:1)' })).not.toContain(
      'javascript',
    );
  });
});

describe('a description', () => {
  const part = pullRequestPart(content);

  it('keeps what people wrote around Forge’s part', () => {
    const first = withPart('Written by Lena.', part);
    const edited = `above\n${first}\nbelow`;
    const next = withPart(edited, 'anew');

    expect(next.startsWith('above\nWritten by Lena.\n\n')).toBe(true);
    expect(next.endsWith('\nbelow')).toBe(true);
    expect(next).toContain('\nanew\n');
    expect(next).not.toContain('Show a banner');
  });

  it('gets its part at the end again where somebody took away half of it', () => {
    const halved = withPart('Mine.', 'old').replace('<!-- forge: up to here -->', '');

    expect(withPart(halved, 'new').match(/Forge writes/gu)).toHaveLength(1);
  });

  it('stays the same where nothing changed', () => {
    const once = withPart('', part);

    expect(withPart(once, part)).toBe(once);
  });

  it('is never longer than GitHub takes, and what people wrote stays whole', () => {
    const long = withPart('x'.repeat(65_000), 'y'.repeat(70_000));

    expect(long.length).toBeLessThanOrEqual(65_536);
    expect(long.startsWith('x'.repeat(65_000))).toBe(true);
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
