import assert from 'node:assert/strict';
import { test } from 'node:test';
import { total } from '../../src/orders.js';

test('an order costs the sum of its lines', () => {
  assert.equal(
    total([
      { cents: 250, count: 2 },
      { cents: 99, count: 1 },
    ]),
    599,
  );
});

test('an order without lines costs nothing', () => {
  assert.equal(total([]), 0);
});
