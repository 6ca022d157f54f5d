import { describe, expect, it } from 'vitest';
import { aPull, sha } from './answers.ts';
import { options, repository, scriptedGithub } from './scripted-github.ts';

const one = 'GET /repos/acme/api/pulls/7';
const list = 'GET /repos/acme/api/pulls';
const graphql = 'POST /graphql';
const request = { number: 7, title: 'Take back', body: 'It broke.' };
const mergedPull = { body: aPull({ state: 'closed', merged: true, merged_at: '2026-01-05T09:00:00Z' }) };
const revert = (number: number, changed: Record<string, unknown> = {}) =>
  aPull({ number, head: { ref: 'revert-7-feature/x', sha, repo: { full_name: 'acme/api' } }, ...changed });

describe('taking a pull request back', () => {
  it('is asked of GitHub, and the pull request read that it makes', async () => {
    const { host, answer, asked } = await scriptedGithub();
    answer(one, mergedPull);
    answer(list, { body: [] });
    answer(graphql, { body: { data: { revertPullRequest: { revertPullRequest: { number: 8 } } } } });
    answer('GET /repos/acme/api/pulls/8', { body: revert(8) });

    expect(await host.revert(repository, request, options)).toMatchObject({ number: 8 });
    expect(asked.find(({ line }) => line === graphql)?.body).toMatchObject({
      variables: { input: { pullRequestId: 'PR_7', title: 'Take back', body: 'It broke.' } },
    });
  });

  it('takes the one that is open already, but none that was given up or is of a fork', async () => {
    const { host, answer, asked } = await scriptedGithub();
    const fork = { ref: 'revert-7-feature/x', sha, repo: { full_name: 'mallory/api' } };
    answer(one, mergedPull);
    answer(list, {
      body: [revert(11, { state: 'closed' }), revert(10, { head: fork }), revert(9), aPull({ number: 6 })],
    });
    answer('GET /repos/acme/api/pulls/9', { body: revert(9) });

    expect(await host.revert(repository, request, options)).toMatchObject({ number: 9 });
    expect(asked.some(({ line }) => line === graphql)).toBe(false);
  });

  it.each([
    ['FORBIDDEN', 'forbidden', /“Contents: read and write” and “Pull requests: read and write”/],
    ['NOT_FOUND', 'not-found', /Could not resolve/],
    ['UNPROCESSABLE', 'invalid', /branch of their own/],
  ])('that GitHub answers with %s is refused', async (type, why, words) => {
    const { host, answer } = await scriptedGithub();
    answer(one, mergedPull);
    answer(list, { body: [] });
    answer(graphql, {
      body: { data: { revertPullRequest: null }, errors: [{ type, message: 'Could not resolve.' }] },
    });

    const refused = host.revert(repository, request, options);

    await expect(refused).rejects.toMatchObject({
      name: 'CodeHostRefused',
      why,
      message: expect.stringMatching(words),
    });
  });

  it('is asked of the GraphQL API of a GitHub Enterprise Server', async () => {
    const addresses: string[] = [];
    const { host } = await scriptedGithub({
      apiUrl: 'https://github.acme.example/api/v3/',
      fetch: async (address) => {
        addresses.push(address);
        return address.includes('?') ? Response.json([]) : Response.json(mergedPull.body);
      },
    });

    await expect(host.revert(repository, request, options)).rejects.toMatchObject({
      name: 'CodeHostUnavailable',
    });
    expect(addresses.at(-1)).toBe('https://github.acme.example/api/graphql');
    expect(addresses[0]).toBe('https://github.acme.example/api/v3/repos/acme/api/pulls/7');
  });
});
