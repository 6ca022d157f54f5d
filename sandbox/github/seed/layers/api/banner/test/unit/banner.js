import assert from 'node:assert/strict';
import { test } from 'node:test';
import { banner, LONGEST_BANNER } from '../../src/banner.js';
import { page } from '../../src/page.js';

test('the page shows the banner', () => {
  assert.ok(page({ version: 'v1.2.0' }).includes(banner()));
});

test('the banner fits on one line of a phone', () => {
  const { length } = banner();

  assert.ok(length <= LONGEST_BANNER, `the banner has ${length} characters, at most ${LONGEST_BANNER} fit`);
});
