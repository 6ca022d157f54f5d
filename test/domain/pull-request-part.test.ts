import { describe, expect, it } from 'vitest';
import { markdownCode } from '../../src/domain/markdown.ts';
import { withPart } from '../../src/domain/pull-request-part.ts';

describe('a description', () => {
  const part = '## Summary\n\nShow a banner';

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

  it('is as it was where a file is called as the end of the part is', () => {
    const named = `- ${markdownCode('<!-- forge: up to here -->')} +1`;
    const once = withPart('', `${named}\n- other`);

    expect(withPart(once, 'anew')).toBe(withPart('', 'anew'));
  });

  it('is cut at the end of a line, so that nothing in code becomes markup', () => {
    const part = Array.from({ length: 5_000 }, () => '- `@octocat`').join('\n');
    const bodies = Array.from({ length: 13 }, (_, more) => withPart('x'.repeat(30_000 + more), part));
    const lines = bodies.flatMap((body) => body.split('\n').filter((line) => line.includes('@')));

    expect(Math.max(...bodies.map(({ length }) => length))).toBeLessThanOrEqual(65_536);
    expect(lines.length).toBeGreaterThan(13_000);
    expect(new Set(lines)).toEqual(new Set(['- `@octocat`']));
    expect(bodies.filter((body) => !body.includes('\n…\n'))).toEqual([]);
  });

  it('is never longer than GitHub takes, and what people wrote stays whole', () => {
    const long = withPart('x'.repeat(65_000), 'y'.repeat(70_000));

    expect(long.length).toBeLessThanOrEqual(65_536);
    expect(long.startsWith('x'.repeat(65_000))).toBe(true);
  });
});
