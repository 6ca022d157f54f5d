import { describe, expect, it } from 'vitest';
import { place, refusal, startGithub } from './start-github.ts';

describe('refs', () => {
  it('show a branch, an annotated tag and its commit', async () => {
    const { app } = await startGithub();

    const main = await app.git.getRef({ ...place, ref: 'heads/main' });
    const tag = await app.git.getRef({ ...place, ref: 'tags/v2' });
    const object = await app.git.getTag({ ...place, tag_sha: tag.data.object.sha });

    expect(main.data.object.type).toBe('commit');
    expect(tag.data.object.type).toBe('tag');
    expect(object.data.object.sha).toBe(main.data.object.sha);
  });

  it('are found with slashes in their names, however those are escaped', async () => {
    const { app } = await startGithub();

    const escaped = await app.git.getRef({ ...place, ref: 'heads/feature/banner' });
    const branch = await app.repos.getBranch({ ...place, branch: 'feature/banner' });
    const plain = await app.request('GET /repos/acme/api/git/ref/heads/feature/banner');

    expect(escaped.data.object.sha).toBe(branch.data.commit.sha);
    expect(plain.data.object.sha).toBe(branch.data.commit.sha);
  });

  it('are exact alone and prefixes in a list', async () => {
    const { app } = await startGithub();

    const { status } = await refusal(app.git.getRef({ ...place, ref: 'heads/feature' }));
    const list = await app.git.listMatchingRefs({ ...place, ref: 'heads/feature' });

    expect(status).toBe(404);
    expect(list.data.map(({ ref }) => ref)).toEqual([
      'refs/heads/feature/banner',
      'refs/heads/feature/clash',
    ]);
  });

  it('are told anew only when they changed, and cost nothing while they did not', async () => {
    const { app } = await startGithub();
    const before = await app.repos.listBranches(place);
    const again = { ...place, headers: { 'if-none-match': before.headers.etag ?? '' } };
    const left = () => app.rateLimit.get().then(({ data }) => data.rate.remaining);
    const leftBefore = await left();

    const unchanged = await refusal(app.repos.listBranches(again));
    const leftAfter = await left();
    const { data } = await app.git.getRef({ ...place, ref: 'heads/main' });
    await app.git.createRef({ ...place, ref: 'refs/heads/new', sha: data.object.sha });
    const changed = await app.repos.listBranches(again);

    expect(unchanged.status).toBe(304);
    expect(leftAfter).toBe(leftBefore);
    expect(changed.data.map(({ name }) => name)).toContain('new');
  });

  it('are refused where they are there, or point at nothing', async () => {
    const { app } = await startGithub();
    const { data } = await app.git.getRef({ ...place, ref: 'heads/main' });

    const there = app.git.createRef({ ...place, ref: 'refs/heads/main', sha: data.object.sha });
    const nothing = app.git.createRef({ ...place, ref: 'refs/heads/x', sha: '0'.repeat(40) });
    const unnamed = app.git.createRef({ ...place, ref: 'refs/heads/a..b', sha: data.object.sha });

    expect(await refusal(there)).toMatchObject({ status: 422, message: /Reference already exists/ });
    expect(await refusal(nothing)).toMatchObject({ status: 422, message: /Object does not exist/ });
    expect(await refusal(unnamed)).toMatchObject({ status: 422, message: /Reference name is invalid/ });
  });

  it('move forward only, unless forced', async () => {
    const { app } = await startGithub();
    const { data } = await app.git.getRef({ ...place, ref: 'heads/main' });
    const move = { ...place, ref: 'heads/feature/banner', sha: data.object.sha };

    const refused = await refusal(app.git.updateRef(move));
    const forced = await app.git.updateRef({ ...move, force: true });

    expect(refused).toMatchObject({ status: 422, message: /Update is not a fast forward/ });
    expect(forced.data.object.sha).toBe(data.object.sha);
  });
});

describe('lists', () => {
  it('come in pages that name each other', async () => {
    const { app } = await startGithub();

    const first = await app.repos.listBranches({ ...place, per_page: 2 });
    const all = await app.paginate(app.repos.listBranches, { ...place, per_page: 2 });

    expect(first.data).toHaveLength(2);
    expect(first.headers.link).toMatch(/page=2>; rel="next"/);
    expect(all.map(({ name }) => name)).toEqual(['feature/banner', 'feature/clash', 'main']);
  });
});

describe('commits', () => {
  it('are found by their name, a prefix of it, a branch and a tag', async () => {
    const { app } = await startGithub();
    const { data } = await app.git.getRef({ ...place, ref: 'heads/main' });
    const { sha } = data.object;

    const found = await Promise.all(
      [sha, sha.slice(0, 7), 'main', 'v2'].map((ref) => app.repos.getCommit({ ...place, ref })),
    );

    expect(found.map((one) => one.data.sha)).toEqual([sha, sha, sha, sha]);
    expect(found[0]?.data).toMatchObject({
      commit: { message: 'Greet people', author: { name: 'Maya Chen', date: '2026-09-21T14:15:20Z' } },
      author: { login: 'maya-p' },
      stats: { additions: 1, deletions: 0, total: 1 },
      files: [{ filename: 'src/greeting.txt', status: 'added', additions: 1 }],
    });
  });

  it('that are not there are refused in the words of each route', async () => {
    const { app } = await startGithub();
    const missing = 'f'.repeat(40);

    const commit = await refusal(app.repos.getCommit({ ...place, ref: missing }));
    const object = await refusal(app.git.getCommit({ ...place, commit_sha: missing }));

    expect(commit).toMatchObject({
      status: 422,
      message: expect.stringContaining(`No commit found for SHA: ${missing}`),
    });
    expect(object.status).toBe(404);
  });
});

describe('comparing', () => {
  it('shows what a branch has that the other has not, since they parted', async () => {
    const { app } = await startGithub();

    const { data } = await app.repos.compareCommitsWithBasehead({
      ...place,
      basehead: 'main...feature/banner',
    });

    expect(data).toMatchObject({ status: 'diverged', ahead_by: 2, behind_by: 1, total_commits: 2 });
    expect(data.commits.map(({ commit }) => commit.message)).toEqual([
      'Add a banner\n\nAsked for by sales.',
      'Test the banner',
    ]);
    expect(data.commits.map(({ author }) => author?.login)).toEqual(['maya-p', 'sam-okafor']);
    expect(data.files?.map(({ filename, status }) => [filename, status])).toEqual([
      ['.github/workflows/ci.yml', 'added'],
      ['README.md', 'removed'],
      ['src/banner.test.js', 'added'],
      ['src/banner.txt', 'added'],
    ]);
  });

  it.each([
    ['v1...main', 'ahead'],
    ['main...v1', 'behind'],
    ['main...v2', 'identical'],
  ])('says of %s that it is %s', async (basehead, status) => {
    const { app } = await startGithub();

    const { data } = await app.repos.compareCommitsWithBasehead({ ...place, basehead });

    expect(data.status).toBe(status);
  });

  it('finds nothing where an end is missing', async () => {
    const { app } = await startGithub();

    const { status } = await refusal(
      app.repos.compareCommitsWithBasehead({ ...place, basehead: 'main...nowhere' }),
    );

    expect(status).toBe(404);
  });
});

describe('contents', () => {
  it('are a file in base 64, or as it is, at any ref', async () => {
    const { app } = await startGithub();
    const file = { ...place, path: 'src/page.js', ref: 'feature/banner' };

    const encoded = await app.repos.getContent(file);
    const raw = await app.repos.getContent({ ...file, mediaType: { format: 'raw' } });

    expect(encoded.data).toMatchObject({
      type: 'file',
      encoding: 'base64',
      content: Buffer.from('one\ntwo\nthree\n').toString('base64'),
    });
    expect(raw.data).toBe('one\ntwo\nthree\n');
  });

  it('are a list in a folder, and missing where they are not', async () => {
    const { app } = await startGithub();

    const folder = await app.repos.getContent({ ...place, path: 'src' });
    const missing = await refusal(app.repos.getContent({ ...place, path: 'src/banner.txt', ref: 'main' }));

    expect(folder.data).toMatchObject([{ path: 'src/greeting.txt' }, { path: 'src/page.js' }]);
    expect(missing.status).toBe(404);
  });
});
