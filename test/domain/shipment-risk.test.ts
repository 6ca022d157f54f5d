import { describe, expect, it } from 'vitest';
import { riskOf } from '../../src/domain/shipment-risk.ts';

const file = (path: string, additions = 1, deletions = 0) => ({ path, additions, deletions });
const of = (...files: ReturnType<typeof file>[]) => riskOf({ files, isWhole: true });

describe('the risk of a change', () => {
  it('is low where it is small and tested', () => {
    expect(of(file('src/a.ts'), file('src/a.test.ts'))).toEqual({
      level: 'low',
      reasons: ['it is small, and nothing of it is delicate'],
    });
  });

  it.each([
    ['the database', file('db/migrations/0007.sql'), 'high', 'the database changes (db/migrations/0007.sql)'],
    [
      'a workflow',
      file('.github/workflows/ci.yml'),
      'high',
      'the automation on GitHub changes (.github/workflows/ci.yml)',
    ],
    [
      'very many lines',
      file('notes.md', 900, 200),
      'high',
      '1100 lines changed, which is more than anybody reads in one go',
    ],
    ['many lines', file('notes.md', 200, 101), 'medium', '301 lines changed'],
    ['dependencies', file('package-lock.json'), 'medium', 'dependencies change (package-lock.json)'],
    ['configuration', file('Dockerfile'), 'medium', 'the configuration of what runs changes (Dockerfile)'],
    ['code without a test', file('src/a.ts'), 'medium', 'code changes, and no test does'],
  ])('is told of %s', (_, changed, level, reason) => {
    expect(of(changed)).toEqual({ level, reasons: [reason] });
  });

  it('is told of many files', () => {
    const files = Array.from({ length: 31 }, (_, index) => file(`notes/${index}.md`));

    expect(of(...files)).toEqual({ level: 'medium', reasons: ['31 files changed'] });
  });

  it('is high where nobody knows all that changed', () => {
    expect(riskOf({ files: [file('a.md')], isWhole: false }).level).toBe('high');
  });
});
