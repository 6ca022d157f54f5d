import { describe, expect, it } from 'vitest';
import { ofTasks } from '../../src/domain/tasks.ts';

describe('how many tasks', () => {
  it.each([
    [0, 1, '0 of 1 task'],
    [1, 1, '1 of 1 task'],
    [1, 2, '1 of 2 tasks'],
    [0, 0, '0 of 0 tasks'],
  ])('are %i of %i is said in words', (done, of, words) => {
    expect(ofTasks(done, of)).toBe(words);
  });
});
