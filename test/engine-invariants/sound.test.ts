import { describe, expect, it } from 'vitest';
import { foundAfter } from './spoil.ts';

describe('a history in which everything is as promised', () => {
  it('has no violations', () => {
    expect(foundAfter(() => undefined)).toBe('');
  });

  it('has none either when a kill cut off a line and a worker met a busy database', () => {
    const found = foundAfter((history) => {
      history.torn = 1;
      history.complaints.push('worker 2: error StorageUnavailable: The database cannot be used just now');
    });

    expect(found).toBe('');
  });
});
