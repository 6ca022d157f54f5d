import { describe, expect, it } from 'vitest';
import type { RefusedBecause } from '../../src/ports/code-host.ts';
import { aPull, sha } from './answers.ts';
import { type Answer, options, repository, scriptedGithub } from './scripted-github.ts';

const route = 'GET /repos/acme/api/pulls/7';
const request = { head: 'feature/x', base: 'main', title: 'Add', body: '' };

describe('what GitHub refuses', () => {
  it.each<[string, Answer, RefusedBecause, RegExp]>([
    [
      'a token it does not know',
      { status: 401, body: { message: 'Bad credentials' } },
      'credentials',
      /Bad credentials.*GITHUB_TOKEN/,
    ],
    [
      'a permission it names',
      {
        status: 403,
        headers: { 'x-accepted-github-permissions': 'pull_requests=write,contents=write; contents=write' },
        body: { message: 'Resource not accessible by integration' },
      },
      'forbidden',
      /“Pull requests: read and write” and “Contents: read and write”/,
    ],
    [
      'a permission it does not name',
      { status: 403, body: { message: 'Resource not accessible by personal access token' } },
      'forbidden',
      /“Pull requests: read-only”/,
    ],
    [
      'single sign-on',
      {
        status: 403,
        headers: { 'x-github-sso': 'required; url=https://github.com/orgs/acme/sso' },
        body: {},
      },
      'forbidden',
      /single sign-on/,
    ],
    [
      'something that is not there',
      { status: 404, body: { message: 'Not Found' } },
      'not-found',
      /may not see it/,
    ],
    ['a conflict', { status: 409, body: { message: 'Conflict' } }, 'conflict', /now on GitHub/],
    [
      'something that is gone',
      { status: 410, body: { message: 'Issues are disabled' } },
      'not-found',
      /Issues are disabled/,
    ],
    ['a law', { status: 451, body: { message: 'Blocked' } }, 'forbidden', /legal/],
    [
      'a request it does not take',
      {
        status: 422,
        body: {
          message: 'Validation Failed',
          errors: [{ message: 'title is too long' }, { field: 'head', code: 'invalid' }],
        },
      },
      'invalid',
      /title is too long; head is invalid/,
    ],
    ['what nobody has heard of', { status: 418, body: 'I am a teapot' }, 'invalid', /answered 418/],
  ])('is said of %s, with what helps', async (_, answer, why, words) => {
    const { host, answer: answerWith } = await scriptedGithub();
    answerWith(route, answer);

    const read = host.pullRequest(repository, 7, options);

    await expect(read).rejects.toMatchObject({
      name: 'CodeHostRefused',
      why,
      message: expect.stringMatching(words),
    });
  });

  it('never becomes more than a line, whatever GitHub says', async () => {
    const { host, answer } = await scriptedGithub();
    answer(route, {
      status: 422,
      body: { message: `\u001b[31mNo\n\n<!channel>\u202e ${'x'.repeat(9_000)}` },
    });

    const error = await host.pullRequest(repository, 7, options).catch((one: unknown) => one);

    expect(error).toMatchObject({ message: expect.stringMatching(/No <!channel> x{300,}…/u) });
    expect(String(error).length).toBeLessThan(700);
    expect(String(error)).not.toMatch(/\p{Cc}|\p{Cf}/u);
  });

  it('is said in the words of who ships where a branch has nothing new or is not there', async () => {
    const { host, answer } = await scriptedGithub();
    answer('GET /repos/acme/api/pulls', { body: [] });
    const refusal = (errors: unknown) => ({ status: 422, body: { message: 'Validation Failed', errors } });
    answer(
      'POST /repos/acme/api/pulls',
      refusal([{ message: 'No commits between main and feature/x' }]),
      refusal([{ resource: 'PullRequest', field: 'head', code: 'invalid' }]),
      refusal([{ resource: 'PullRequest', field: 'base', code: 'invalid' }]),
    );

    const words = [];
    for (let count = 0; count < 3; count++) {
      words.push(
        await host.createPullRequest(repository, request, options).catch((error: Error) => error.message),
      );
    }

    expect(words).toEqual([
      'feature/x has nothing that main does not have already: there is nothing to ship.',
      'There is no branch feature/x on GitHub. Push it, or check its name.',
      'There is no branch main on GitHub. Check its name in forge.yml.',
    ]);
  });

  it('does not hide that a repository cannot be seen behind “there is no such file”', async () => {
    const { host, answer } = await scriptedGithub();
    answer('GET /repos/acme/api', { status: 404, body: { message: 'Not Found' } });

    await expect(host.file(repository, { path: 'a.txt', sha }, options)).rejects.toMatchObject({
      why: 'not-found',
    });
    await expect(host.ref(repository, 'main', options)).rejects.toMatchObject({ why: 'not-found' });
    await expect(host.commit(repository, sha, options)).rejects.toMatchObject({ why: 'not-found' });
  });

  it('is said of a repository that has moved, whose writes are not sent on', async () => {
    const { host, answer, asked } = await scriptedGithub();
    answer('PATCH /repos/acme/api/pulls/7', {
      status: 307,
      headers: { location: '/repositories/1/pulls/7' },
    });
    answer('PATCH /repositories/1/pulls/7', { body: aPull() });

    const described = host.describePullRequest(repository, { number: 7, body: 'Text' }, options);

    await expect(described).rejects.toMatchObject({
      why: 'not-found',
      message: expect.stringMatching(/another name/),
    });
    expect(asked).toHaveLength(1);
  });
});
