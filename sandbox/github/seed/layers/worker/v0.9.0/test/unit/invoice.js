import assert from 'node:assert/strict';
import { test } from 'node:test';
import { invoice } from '../../src/invoice.js';

test('an invoice says who owes how much', () => {
  assert.match(invoice({ customer: 'Acme', cents: 599 }), /^Acme owes 5\.99/);
});
