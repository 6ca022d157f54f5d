import { describe, expect, it } from 'vitest';
import { type Report, verdictOf } from './verdict.ts';

function aReport(status: 'passed' | 'failed', failure?: string, message = ''): Report {
  const test = {
    fullName: 'a door stays shut',
    status,
    failureMessages: failure === undefined ? [] : [failure],
  };
  const isLoaded = message === '';
  return {
    testResults: [{ name: 'door.test.ts', status, message, assertionResults: isLoaded ? [test] : [] }],
  };
}

describe('a guard that was taken away', () => {
  it('is missed by the test whose expectation fails', () => {
    const report = aReport('failed', 'AssertionError: expected 2 to be 1');

    expect(verdictOf(report)).toEqual({ kind: 'killed', by: 'a door stays shut' });
  });

  it('is missed by nobody where every test passes', () => {
    expect(verdictOf(aReport('passed'))).toEqual({ kind: 'survived' });
  });

  it.each([
    'TypeError: Cannot read properties of undefined',
    'ReferenceError: isIn is not defined',
    'Error: Test timed out in 30000ms.',
  ])('proves nothing where what is left fails with: %s', (failure) => {
    expect(verdictOf(aReport('failed', `${failure}\n    at door.ts:1`))).toEqual({
      kind: 'broken',
      why: failure,
    });
  });

  it('proves nothing where a test file cannot be loaded', () => {
    const report = aReport('failed', undefined, 'Transform failed with 1 error:\ndoor.ts:1');

    expect(verdictOf(report)).toEqual({ kind: 'broken', why: 'Transform failed with 1 error:' });
  });

  it('proves nothing where its tests come to no end', () => {
    expect(verdictOf(undefined).kind).toBe('broken');
  });
});
