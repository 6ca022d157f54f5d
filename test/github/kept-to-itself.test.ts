import { generateKeyPairSync } from 'node:crypto';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { aPull, sha } from './answers.ts';
import { options, repository, scriptedGithub } from './scripted-github.ts';

const put = 'PUT /repos/acme/api/pulls/7/merge';
const merge = { number: 7, head: sha, method: 'squash' } as const;
const whatIsThrown = (error: unknown) => inspect(error, { depth: 20, showHidden: true });

describe('what is thrown', () => {
  it.each([
    ['GitHub refuses', { status: 403, body: { message: 'No' } }],
    ['GitHub has a fault', { status: 500 }],
    ['the answer is cut off', { after: 'cut' }],
  ] as const)('holds nothing of what was sent where %s', async (_, answered) => {
    const { host, answer } = await scriptedGithub();
    answer('POST /repos/acme/api/pulls', answered);
    const request = { head: 'feature/x', base: 'main', title: 'A title', body: 'the words of a person' };

    const error = await host
      .createPullRequest(repository, request, options)
      .catch((thrown: unknown) => thrown);

    expect(error).toBeInstanceOf(Error);
    expect(whatIsThrown(error)).not.toMatch(/authorization|the words of a person/iu);
  });
});

describe('a write that was aborted while Forge still signed in for it', () => {
  it('is never sent', async () => {
    const { privateKey } = generateKeyPairSync('rsa', {
      ...{ modulusLength: 2048, publicKeyEncoding: { type: 'spki', format: 'pem' } },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    const abort = new AbortController();
    const { host, answer, asked } = await scriptedGithub({
      credentials: { kind: 'app', appId: '1', privateKey },
      fetch: async (address, init) => {
        if (address.endsWith('/access_tokens')) abort.abort(new Error('Enough'));
        return globalThis.fetch(address, init);
      },
    });
    answer('GET /repos/acme/api/installation', { body: { id: 1, permissions: {} } });
    answer('POST /app/installations/1/access_tokens', { status: 201, body: { token: 'ghs_1' } });
    answer('GET /repos/acme/api/pulls/7', { body: aPull() });
    answer(put, { body: { merged: true, sha } });

    await expect(host.merge(repository, merge, { signal: abort.signal })).rejects.toThrow('Enough');
    // With the same token, so after the write would have been sent.
    await host.pullRequest(repository, 7, options);

    expect(asked.map(({ line }) => line)).not.toContain('PUT /repos/acme/api/pulls/7/merge');
  });
});
