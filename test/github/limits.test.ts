import { describe, expect, it } from 'vitest';
import { aPull, sha } from './answers.ts';
import { type Answer, options, repository, scriptedGithub } from './scripted-github.ts';

const read = 'GET /repos/acme/api/pulls/7';
const write = 'PUT /repos/acme/api/pulls/7/merge';
const merge = { number: 7, head: sha, method: 'squash' } as const;
const merged = { body: { merged: true, sha } };
const secondary: Answer = {
  status: 403,
  headers: { 'retry-after': '3' },
  body: { message: 'You have exceeded a secondary rate limit. Please wait a few minutes.' },
};

/** As seconds since the epoch, for GitHub's header. */
function resetIn(milliseconds: number, now: number): Answer {
  const reset = String(Math.floor((now + milliseconds) / 1_000));
  return {
    status: 403,
    headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset },
    body: { message: 'API rate limit exceeded for installation ID 1.' },
  };
}

describe('a limit of GitHub', () => {
  it('is waited for where it is short, and the call sent again', async () => {
    const { host, answer, asked } = await scriptedGithub();
    answer(read, secondary, { body: aPull() });

    const pull = await host.pullRequest(repository, 7, options);

    expect([pull.number, asked.length]).toEqual([7, 2]);
  });

  it('lets also a write be sent again: GitHub did nothing', async () => {
    const { host, answer, asked } = await scriptedGithub();
    answer(write, secondary, merged);

    expect(await host.merge(repository, merge, options)).toEqual({ kind: 'merged', sha });
    expect(asked).toHaveLength(2);
  });

  it('is waited for once', async () => {
    const { host, answer, asked } = await scriptedGithub();
    answer(read, secondary);

    const failed = host.pullRequest(repository, 7, options);

    await expect(failed).rejects.toMatchObject({ name: 'CodeHostUnavailable' });
    expect(asked).toHaveLength(2);
  });

  it('is not waited for where it is longer than a minute: until when is said', async () => {
    const { host, answer, asked, clock } = await scriptedGithub();
    answer(read, resetIn(1_800_000, clock.now()));
    const time = new Date(clock.now() + 1_800_000).toISOString().slice(11, 19);

    const failed = host.pullRequest(repository, 7, options);

    await expect(failed).rejects.toMatchObject({
      name: 'CodeHostUnavailable',
      message: `Could not read pull request #7 of acme/api: GitHub lets Forge ask no more until ${time} UTC.`,
    });
    expect(asked).toHaveLength(1);
  });

  it('ends when it ends for GitHub, though this machine’s clock is an hour ahead', async () => {
    const { host, answer, asked, clock } = await scriptedGithub();
    const atGithub = clock.now() - 3_600_000;
    const limit = resetIn(1_800_000, atGithub);
    answer(read, { ...limit, headers: { ...limit.headers, date: new Date(atGithub).toUTCString() } });
    await expect(host.pullRequest(repository, 7, options)).rejects.toThrow(/ask no more/);
    const before = asked.length;

    await clock.advance(1_700_000);
    await expect(host.pullRequest(repository, 7, options)).rejects.toThrow(/ask no more/);

    expect(asked).toHaveLength(before);
  });

  it('keeps everything from being asked until it has passed', async () => {
    const { host, answer, asked, clock } = await scriptedGithub();
    answer(read, resetIn(1_800_000, clock.now()), { body: aPull() });
    await expect(host.pullRequest(repository, 7, options)).rejects.toThrow(/ask no more/);

    await clock.advance(1_798_000);
    await expect(host.merge(repository, merge, options)).rejects.toThrow(/ask no more until/);
    const before = asked.length;
    await clock.advance(3_000);
    const pull = await host.pullRequest(repository, 7, options);

    expect([before, pull.number]).toEqual([1, 7]);
  });

  it('is kept before GitHub says so: writes go out a second apart', async () => {
    const sent: number[] = [];
    const { host } = await scriptedGithub({
      apiUrl: 'https://github.acme.example/api/v3',
      fetch: async () => {
        sent.push(performance.now());
        return Response.json({ number: 7 });
      },
    });
    const describePull = () => host.describePullRequest(repository, { number: 7, body: '' }, options);

    await Promise.all([describePull(), describePull()]);

    const [first = 0, second = 0] = sent;
    expect(second - first).toBeGreaterThan(950);
  });

  it('is not taken for a missing permission, whatever it is like', async () => {
    const answers: Answer[] = [
      { status: 429, headers: { 'retry-after': '120' } },
      { status: 429, headers: { 'retry-after': 'soon' }, body: '<html>' },
      { status: 403, headers: { 'retry-after': '99999999999' } },
      {
        status: 403,
        headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': 'NaN' },
        body: { message: 'rate limit' },
      },
    ];

    for (const one of answers) {
      const { host, answer } = await scriptedGithub();
      answer(read, one);

      const failed = host.pullRequest(repository, 7, options);

      await expect(failed).rejects.toMatchObject({
        name: 'CodeHostUnavailable',
        message: expect.stringMatching(/ask no more/),
      });
    }
  });
});
