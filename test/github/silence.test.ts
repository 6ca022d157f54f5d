import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { inTime } from '../../src/github/flight.ts';
import { eventually } from '../eventually.ts';
import { aPull, sha } from './answers.ts';
import { options, repository, scriptedGithub } from './scripted-github.ts';

const read = 'GET /repos/acme/api/pulls/7';
const write = 'PUT /repos/acme/api/pulls/7/merge';
const merge = { number: 7, head: sha, method: 'squash' } as const;
const merged = { body: { merged: true, sha } };

describe('where GitHub does not answer well', () => {
  it('tries a read again', async () => {
    const { host, answer, asked } = await scriptedGithub();
    answer(read, { status: 502 }, { after: 'cut' }, { body: aPull() });

    const pull = await host.pullRequest(repository, 7, options);

    expect([pull.number, asked.length]).toEqual([7, 3]);
  });

  it('gives a read up after three tries', async () => {
    const { host, answer, asked } = await scriptedGithub();
    answer(read, { status: 503, body: '<html>' });

    const failed = host.pullRequest(repository, 7, options);

    await expect(failed).rejects.toMatchObject({
      name: 'CodeHostUnavailable',
      message: expect.stringMatching(/fault of its own/),
    });
    expect(asked).toHaveLength(3);
  });

  it.each([
    ['fails', { status: 500 }],
    ['is cut off', { ...merged, after: 'cut' as const }],
    ['is not understood', { body: { merged: 'perhaps' } }],
    ['is a page', { body: '<html>' }],
  ])('sends a write once whose answer %s, and says that nobody knows', async (_, bad) => {
    const { host, answer, asked } = await scriptedGithub();
    answer(write, bad, merged);

    const failed = host.merge(repository, merge, options);

    await expect(failed).rejects.toMatchObject({ name: 'CodeHostUnavailable' });
    expect(asked).toHaveLength(1);
  });

  it('says that it cannot be reached', async () => {
    const { host } = await scriptedGithub({ apiUrl: `http://127.0.0.1:${await closedPort()}` });

    const failed = host.pullRequest(repository, 7, options);

    await expect(failed).rejects.toMatchObject({
      name: 'CodeHostUnavailable',
      message:
        'Could not read pull request #7 of acme/api: GitHub cannot be reached: the connection was refused.',
    });
  });

  it('says that it did not answer in time', async () => {
    const timeout = () => Promise.reject(new DOMException('Too late', 'TimeoutError'));
    const { host } = await scriptedGithub({ fetch: timeout });

    const failed = host.pullRequest(repository, 7, options);

    await expect(failed).rejects.toMatchObject({
      name: 'CodeHostUnavailable',
      message: 'Could not read pull request #7 of acme/api: GitHub did not answer in time.',
    });
  });

  it('ends every request in time, also in the middle of its answer', async () => {
    const { url, answer } = await scriptedGithub();
    answer('GET /never', { after: 'hang' });
    const fetch = inTime((address, init) => globalThis.fetch(address, init), 20);

    await expect(fetch(`${url}/never`, {})).rejects.toMatchObject({ name: 'TimeoutError' });
  });
});

describe('an abort', () => {
  it('ends a read at once, with its own reason', async () => {
    const { host, answer, asked } = await scriptedGithub();
    answer(read, { after: 'hang' });
    const abort = new AbortController();

    const reading = host.pullRequest(repository, 7, { signal: abort.signal });
    await eventually(() => asked.length === 1);
    abort.abort(new Error('Enough'));

    await expect(reading).rejects.toThrow('Enough');
  });

  it('ends the waiting for another try of a read', async () => {
    const { host, answer, asked } = await scriptedGithub({ secondMs: 60_000 });
    answer(read, { status: 502 });
    const abort = new AbortController();

    const reading = host.pullRequest(repository, 7, { signal: abort.signal });
    await eventually(() => asked.length === 1);
    abort.abort(new Error('Enough'));

    await expect(reading).rejects.toThrow('Enough');
  });

  it('sends nothing that has not been sent', async () => {
    const { host, asked } = await scriptedGithub();

    const merging = host.merge(repository, merge, { signal: AbortSignal.abort(new Error('Enough')) });

    await expect(merging).rejects.toThrow('Enough');
    expect(asked).toEqual([]);
  });

  it('does not cut a write that is out: its answer counts', async () => {
    const abort = new AbortController();
    const { host, answer } = await scriptedGithub({
      fetch: async (address, init) => {
        abort.abort(new Error('Enough'));
        return globalThis.fetch(address, init);
      },
    });
    answer(write, merged);

    expect(await host.merge(repository, merge, { signal: abort.signal })).toEqual({ kind: 'merged', sha });
  });

  it('is told once a write that was out has failed, without waiting for another try', async () => {
    const abort = new AbortController();
    const { host, answer } = await scriptedGithub({
      secondMs: 60_000,
      fetch: async (address, init) => {
        abort.abort(new Error('Enough'));
        return globalThis.fetch(address, init);
      },
    });
    const body = { message: 'You have exceeded a secondary rate limit.' };
    answer(write, { status: 403, headers: { 'retry-after': '30' }, body }, merged);

    await expect(host.merge(repository, merge, { signal: abort.signal })).rejects.toThrow('Enough');
  });
});

async function closedPort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('The server had no port');
  return address.port;
}
