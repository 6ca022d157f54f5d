import { describe, expect, it } from 'vitest';
import { options, repository, scriptedGithub } from './scripted-github.ts';

const sha = 'c0ffee'.padEnd(40, '0');

describe('what git lets nothing be called', () => {
  it.each(['..', 'a..b', 'a b', '/main', 'main/', '-x', 'a.lock', 'a\nb', 'a@{1}', '@', 'x'.repeat(256)])(
    'is not even asked for: %j',
    async (name) => {
      const { host, asked } = await scriptedGithub();

      expect(await host.ref(repository, name, options)).toEqual({ kind: 'absent' });
      await expect(host.compare(repository, { base: name, head: sha }, options)).rejects.toMatchObject({
        why: 'invalid',
      });
      await expect(host.compare(repository, { base: sha, head: name }, options)).rejects.toMatchObject({
        why: 'invalid',
      });

      expect(asked).toEqual([]);
    },
  );
});

describe('what is no whole number of a commit', () => {
  it.each(['main', 'c0ffee0', `${sha}0`, sha.toUpperCase(), ''])('is none: %j', async (name) => {
    const { host, asked } = await scriptedGithub();

    expect(await host.commit(repository, name, options)).toBeUndefined();
    expect(asked).toEqual([]);
  });
});

describe('a path that climbs or begins elsewhere', () => {
  it.each(['../secret', 'a/../../b', '/etc/passwd', 'a//b', './a', ''])('is no file: %j', async (path) => {
    const { host, asked } = await scriptedGithub();

    await expect(host.file(repository, { path, sha }, options)).rejects.toMatchObject({ why: 'invalid' });
    expect(asked).toEqual([]);
  });
});
