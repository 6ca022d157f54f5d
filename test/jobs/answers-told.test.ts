import { describe, expect, it } from 'vitest';
import { answersTold } from '../../jobs/returning/public-answers.ts';

describe('what is told of the public address', () => {
  const health = { method: 'GET', path: '/health', status: 200 } as const;

  it('names the version only where a test asks for it', () => {
    const version = { method: 'GET', path: '/version', status: 200, contains: 'v1.0.0' } as const;

    expect(answersTold({ tests: [health, version] }, 'v1.0.0', 3)).toBe(
      'the public address answered as v1.0.0 3 times in a row',
    );
    expect(answersTold({ tests: [health] }, 'v1.0.0', 1)).toBe(
      'the public address answered as expected 1 time in a row',
    );
  });
});
