import { describe, expect, it } from 'vitest';
import { createConditional } from '../../src/github/conditional.ts';

const answer = (data: unknown) => ({ data, headers: { etag: '"1"', link: '<x>; rel="next"', date: 'now' } });

describe('answers that are kept to be compared', () => {
  it('come back as they were, with what leads to the next page', () => {
    const kept = createConditional();

    kept.keep('a', answer({ names: ['main'] }));

    expect(kept.get('a')).toEqual({
      etag: '"1"',
      data: { names: ['main'] },
      headers: { etag: '"1"', link: '<x>; rel="next"' },
    });
  });

  it('are only so many, the newest', () => {
    const kept = createConditional({ answers: 2, characters: 1000 });

    for (const key of ['a', 'b', 'a', 'c']) kept.keep(key, answer(key));

    expect(['a', 'b', 'c'].map((key) => kept.get(key)?.data)).toEqual(['a', undefined, 'c']);
  });

  it('hold only so much, however large each is', () => {
    const kept = createConditional({ answers: 100, characters: 30 });

    for (const key of ['a', 'b', 'c']) kept.keep(key, answer(key.repeat(10)));
    kept.keep('d', answer('d'.repeat(50)));
    kept.keep('e', answer('e'.repeat(20)));

    expect(['a', 'b', 'c', 'd', 'e'].map((key) => kept.get(key)?.data)).toEqual([
      ...[undefined, undefined, undefined, undefined],
      'e'.repeat(20),
    ]);
  });

  it('are not kept where they hold a number that is too large to be kept', () => {
    const kept = createConditional();

    kept.keep('a', answer({ id: 9_007_199_254_740_993n }));

    expect(kept.get('a')).toBeUndefined();
  });

  it('are forgotten with an answer that has none', () => {
    const kept = createConditional();
    kept.keep('a', answer('old'));

    kept.keep('a', { data: 'new', headers: {} });

    expect(kept.get('a')).toBeUndefined();
  });
});
