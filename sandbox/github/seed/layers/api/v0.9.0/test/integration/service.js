import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, before, test } from 'node:test';
import { createService } from '../../src/service.js';

const server = createService({ version: 'v1.0.0' });
let url;
before(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${server.address().port}`;
});
after(() => server.close());

test('it says that it is well', async () => {
  const answer = await fetch(`${url}/health`);

  assert.equal(answer.status, 200);
});

test('it says its version', async () => {
  const answer = await fetch(`${url}/version`);

  assert.deepEqual(await answer.json(), { version: 'v1.0.0' });
});

test('it does not know other pages', async () => {
  const answer = await fetch(`${url}/nothing`);

  assert.equal(answer.status, 404);
});
