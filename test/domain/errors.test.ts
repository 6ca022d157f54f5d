import { describe, expect, it } from 'vitest';
import { messageOf, UserError } from '../../src/domain/errors.ts';

describe('the message of something thrown', () => {
  it('tells the causes too, the outermost first', () => {
    const error = new Error('Could not start', { cause: new Error('timeout', { cause: 'socket closed' }) });

    expect(messageOf(error)).toBe('Could not start: timeout: socket closed');
  });

  it.each([
    ['a word', 'a word'],
    [undefined, 'undefined'],
    [[1, 2], '1,2'],
  ])('is readable for %s, which is no error', (thrown, message) => {
    expect(messageOf(thrown)).toBe(message);
  });

  it('keeps a refusal recognisable', () => {
    const error = new UserError('Production is frozen.');

    expect(error).toBeInstanceOf(Error);
    expect(error.name).toBe('UserError');
    expect(messageOf(error)).toBe('Production is frozen.');
  });
});
