import { describe, expect, it } from 'vitest';
import { otherSha, sha } from './answers.ts';
import { options, repository, scriptedGithub } from './scripted-github.ts';

const branches = 'GET /repos/acme/api/branches';
const tags = 'GET /repos/acme/api/tags';
const next = {
  link: '<https://api.github.com/x?page=2>; rel="next", <https://api.github.com/x?page=9>; rel="last"',
};

describe('a list', () => {
  it('is read to its last page', async () => {
    const { host, answer, asked } = await scriptedGithub();
    answer(
      branches,
      { body: [{ name: 'main', commit: { sha } }], headers: next },
      { body: [{ name: 'x', commit: { sha: otherSha } }] },
    );
    answer(tags, { body: [] });

    const refs = await host.refs(repository, options);

    expect(refs).toEqual({ branches: { main: sha, x: otherSha }, tags: {} });
    expect(asked.map(({ line }) => line).filter((line) => line.startsWith(branches))).toEqual([
      `${branches}?per_page=100&page=1`,
      `${branches}?per_page=100&page=2`,
    ]);
  });

  it('that never ends is no list: nothing that is cut looks whole', async () => {
    const { host, answer } = await scriptedGithub();
    answer(branches, { body: [{ name: 'main', commit: { sha } }], headers: next });
    answer(tags, { body: [] });

    const read = host.refs(repository, options);

    await expect(read).rejects.toMatchObject({
      name: 'CodeHostRefused',
      message: expect.stringMatching(/more than 10000/),
    });
  });

  it('costs nothing while it has not changed', async () => {
    const { host, answer, asked } = await scriptedGithub();
    answer(
      branches,
      { body: [{ name: 'main', commit: { sha } }], headers: { etag: '"one"' } },
      { status: 304, headers: { etag: '"one"' } },
      { body: [{ name: 'main', commit: { sha: otherSha } }], headers: { etag: '"two"' } },
      { status: 304 },
    );
    answer(tags, { body: [] });

    const seen = [];
    for (let count = 0; count < 4; count++) seen.push((await host.refs(repository, options)).branches.main);

    const sent = asked
      .filter(({ line }) => line.startsWith(branches))
      .map(({ headers }) => headers['if-none-match']);
    expect(seen).toEqual([sha, sha, otherSha, otherSha]);
    expect(sent).toEqual([undefined, '"one"', '"one"', '"two"']);
  });

  it('is read to its end also where only its first page has not changed', async () => {
    const { host, answer } = await scriptedGithub();
    const first = { body: [{ name: 'main', commit: { sha } }], headers: { ...next, etag: '"one"' } };
    const second = { body: [{ name: 'x', commit: { sha } }] };
    answer(branches, first, second, { status: 304 }, { body: [{ name: 'y', commit: { sha } }] });
    answer(tags, { body: [] });

    const before = await host.refs(repository, options);
    const now = await host.refs(repository, options);

    expect([Object.keys(before.branches), Object.keys(now.branches)]).toEqual([
      ['main', 'x'],
      ['main', 'y'],
    ]);
  });
});
