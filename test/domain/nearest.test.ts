import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOneLetterOff, nearest } from '../../src/domain/nearest.ts';

const known = ['staging', 'production', 'development', 'api', 'billing-worker'];

describe('the nearest known word', () => {
  it.each([
    ['stagign', 'staging'],
    ['Staging', 'staging'],
    ['prodction', 'production'],
    ['ap', 'api'],
    ['billing_worker', 'billing-worker'],
  ])('is found for %s', (word, meant) => {
    expect(nearest(word, known)).toBe(meant);
  });

  it.each(['v1.1.0', 'main', 'x', 'checkout-service', ''])('is none for %s', (word) => {
    expect(nearest(word, known)).toBeUndefined();
  });

  it('counts two swapped letters of a short word as one slip', () => {
    expect(nearest('hlep', ['help', 'status'])).toBe('help');
  });

  it('is none where nothing is known', () => {
    expect(nearest('staging', [])).toBeUndefined();
  });

  it('is a known word or none', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.string(), (list, word) => {
        const found = nearest(word, list);

        expect(found === undefined || list.includes(found)).toBe(true);
      }),
    );
  });

  it('is the word itself where that is known, however it is written', () => {
    fc.assert(
      fc.property(fc.constantFrom(...known), (word) => {
        expect(nearest(word.toUpperCase(), known)).toBe(word);
      }),
    );
  });
});

it('a word is one letter off where one is more, less or another, and no further', () => {
  expect(['approver', 'approverss', 'approvets'].map((word) => isOneLetterOff(word, 'approvers'))).toEqual([
    true,
    true,
    true,
  ]);
  expect(['approvers', 'viewers', 'reviewers'].map((word) => isOneLetterOff(word, 'viewers'))).toEqual([
    false,
    false,
    false,
  ]);
});
