import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';

test('the worker ends when it is asked to', async () => {
  const worker = spawn(process.execPath, ['-e', "import('./src/main.js').then(() => console.log('ready'))"]);
  await once(worker.stdout, 'data');

  worker.kill('SIGTERM');

  assert.deepEqual(await once(worker, 'exit'), [0, null]);
});
