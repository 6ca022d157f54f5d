import assert from 'node:assert/strict';
import { test } from 'node:test';
import { page } from '../../src/page.js';

test('the page shows the version', () => {
  assert.match(page({ version: 'v1.0.0' }), /<h1>v1\.0\.0<\/h1>/);
});

test('the page shows no markup of others', () => {
  assert.doesNotMatch(page({ version: '<script>' }), /<script>/);
});
