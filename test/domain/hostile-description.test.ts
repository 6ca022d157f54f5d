import { describe, expect, it } from 'vitest';
import { type PullRequestContent, pullRequestPart } from '../../src/domain/pull-request-body.ts';
import { withPart } from '../../src/domain/pull-request-part.ts';

const hostile = '@everyone closes #1 <img src=x> [a](https://evil.test) **b** | `c`';

const content: PullRequestContent = {
  why: hostile,
  impacts: [{ what: hostile, before: hostile, after: hostile }],
  commits: [{ sha: 'c0ffee'.padEnd(40, '0'), message: hostile }],
  total: 1,
  files: [{ path: hostile, additions: 3, deletions: 1 }],
  isWhole: true,
  additions: 3,
  deletions: 1,
  risk: { level: 'medium', reasons: [`the database changes (${hostile})`] },
  checks: [{ name: hostile, state: 'failed', says: hostile }],
  hostedChecks: [{ name: `coverage ${hostile}`, state: 'passed', says: hostile }],
  approvedBy: [hostile],
  reviewsWanted: 1,
  shipment: 'S1',
};

/** What stands outside of code spans. */
function outsideOfCode(markdown: string): string {
  return markdown.replaceAll(/(?<!\\)(`+)(?!`).*?(?<![\\`])\1(?!`)/gu, '');
}

describe('Forge’s part of a description', () => {
  it('mentions nobody, refers to nothing, and holds no markup of others, wherever they wrote it', () => {
    const shown = outsideOfCode(pullRequestPart(content));

    expect(shown).not.toContain('@everyone');
    expect(shown).not.toContain('#1 ');
    expect(shown).not.toContain('<img');
    expect(shown).not.toContain('](https://evil.test)');
    expect(shown).not.toContain('**b**');
  });

  it('holds whole lines only where GitHub does not take all of it', () => {
    const line = '- `fixes #1 of @octocat`';
    const part = Array.from({ length: 5_000 }, () => line).join('\n');

    const lines = [0, 5, 11].flatMap((length) => withPart('x'.repeat(30_000 + length), part).split('\n'));

    const listed = lines.filter((shown) => shown.startsWith('-'));
    expect(listed.length).toBeGreaterThan(3_000);
    expect(new Set(listed)).toEqual(new Set([line]));
  });
});
