import { describe, expect, it } from 'vitest';
import { fitsPattern } from '../../src/domain/name-pattern.ts';

describe('a pattern of names', () => {
  it.each([
    ['main', 'main'],
    ['feature/*', 'feature/banner'],
    ['feature/**', 'feature/team/banner'],
    ['v*', 'v1.2.0'],
    ['v*', 'v'],
    ['v*.*.0', 'v1.2.0'],
    ['**', 'any/thing'],
    ['migrations/**/*.sql', 'migrations/1.sql'],
    ['migrations/**/*.sql', 'migrations/2026/11/1.sql'],
    ['**/*.sql', '1.sql'],
    ['a+(b)[c]', 'a+(b)[c]'],
  ])('%s fits %s', (pattern, name) => {
    expect(fitsPattern(name, pattern)).toBe(true);
  });

  it.each([
    ['main', 'main2'],
    ['main', 'my/main'],
    ['feature/*', 'feature/team/banner'],
    ['feature/*', 'feature'],
    ['v*', 'release/v1'],
    ['v1.2', 'v1x2'],
    ['migrations/**/*.sql', 'migrations/1.sql.txt'],
    ['migrations/**/*.sql', 'other/migrations/1.sql'],
    ['migrations/**/*.sql', 'migrationsx/1.sql'],
    ['v*', 'v1\n/x'],
    ['a.c', 'abc'],
  ])('%s does not fit %s', (pattern, name) => {
    expect(fitsPattern(name, pattern)).toBe(false);
  });
});
