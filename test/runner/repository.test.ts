import { execFileSync, spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { CodeHostRefused } from '../../src/ports/code-host.ts';
import { BUBBLEWRAP, cannot, createWorkbench, NONE, named, printed, type Workbench } from './workbench.ts';

let bench: Workbench;
afterEach(() => bench.end());

describe('a repository', () => {
  it('runs nothing of its own as Forge: no hooks, filters, monitors or submodules, by whatever setting', async () => {
    bench = createWorkbench(NONE);
    const trace = join(bench.folder, 'ran');
    const evil = `#!/bin/sh\ntouch ${trace}\n`;
    const hooks = ['post-checkout', 'post-merge', 'pre-commit', 'reference-transaction', 'post-index-change'];
    bench.commit({
      ...Object.fromEntries(hooks.map((name) => [`.githooks/${name}`, evil])),
      '.gitattributes': '* filter=evil diff=evil\n*.txt text eol=crlf working-tree-encoding=UTF-16\n',
      '.gitconfig': `[core]\n\tfsmonitor = ${trace}\n\thooksPath = .githooks\n[filter "evil"]\n\tsmudge = touch ${trace}\n`,
      '.gitmodules': `[submodule "x"]\n\tpath = x\n\turl = ext::sh -c "touch ${trace}"\n`,
      'x/HEAD': 'ref: refs/heads/main\n',
      'x/config': `[core]\n\tbare = true\n\tfsmonitor = "touch ${trace}"\n`,
      'evil.sh': evil,
    });

    const outcome = await bench.run('ls -A');

    expect(printed(outcome)).toContain('.gitattributes');
    expect(existsSync(trace)).toBe(false);
  });

  it('is run in the folder of the policy, also where that is meant from the one Forge was started in', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'relative-'));
    bench = createWorkbench(NONE, { folder: relative(process.cwd(), join(folder, 'runner')) });
    bench.commit({ 'a.txt': 'a' });

    const outcome = await bench.run('cat a.txt');
    await bench.runner.stop();

    expect(outcome).toMatchObject({ kind: 'exited', code: 0, output: { text: 'a' } });
    expect(readdirSync(join(folder, 'runner/runs'))).toEqual([]);
    rmSync(folder, { recursive: true });
  });

  it.skipIf(process.platform !== 'linux')(
    'is fetched by a git that goes before Forge when memory runs out, and leaves no dumps',
    async () => {
      bench = createWorkbench(NONE);
      const folder = join(bench.folder, 'programs');
      const seen = join(bench.folder, 'seen');
      mkdirSync(folder);
      const real = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
      const facts = `cat /proc/self/oom_score_adj; ulimit -c; [ "$(ulimit -d)" -le ${4 * 2 ** 20} ] 2>/dev/null && echo bounded`;
      const wrapper = `#!/bin/sh\n{ ${facts}; } >>${seen}\nexec ${real} "$@"\n`;
      writeFileSync(join(folder, 'git'), wrapper, { mode: 0o755 });
      vi.stubEnv('PATH', `${folder}:${process.env.PATH}`);

      const outcome = await bench.run('true');
      vi.unstubAllEnvs();

      expect(outcome).toMatchObject({ kind: 'exited', code: 0 });
      expect(readFileSync(seen, 'utf8')).toContain('1000\n0\nbounded\n');
    },
  );

  it('brings links that point out of it along as links, and nothing is written through them', async () => {
    bench = createWorkbench(NONE);
    const outside = join(bench.folder, 'outside');
    writeFileSync(outside, 'untouched');
    bench.git('config', 'core.symlinks', 'true');
    execFileSync('ln', ['-s', outside, join(bench.folder, 'source/link')]);
    execFileSync('ln', ['-s', '..', join(bench.folder, 'source/up')]);
    bench.commit({});

    const outcome = await bench.run('readlink link up');

    expect(printed(outcome)).toBe(`${outside}\n..\n`);
    expect(readFileSync(outside, 'utf8')).toBe('untouched');
  });

  it('cannot bring files of its own .git along', async () => {
    bench = createWorkbench(NONE);
    const blob = bench.git('hash-object', '-w', 'package.json');
    const inner = treeOf(`100755 blob ${blob}\tpost-checkout\n`);
    const hooks = treeOf(`040000 tree ${inner}\thooks\n`);
    const commit = bench.git(
      'commit-tree',
      treeOf(`040000 tree ${hooks}\t.GIT\n040000 tree ${hooks}\t.git\n`),
      '-m',
      'evil',
    );
    bench.git('update-ref', 'refs/heads/evil', commit);

    const outcome = await bench.run('echo ran', { commit });

    expect(outcome).toMatchObject({ kind: 'unavailable' });
    expect(printed(outcome)).toContain("invalid path '.git");
  });

  it('may have names with anything in them, and long ones', async () => {
    bench = createWorkbench(NONE);
    const names = ['-rf', '$(touch ran)', 'line\nbreak', '"quoted"', 'ü', 'n'.repeat(255)];
    bench.commit(Object.fromEntries(names.map((name) => [name, 'x'])));

    const outcome = await bench.run(
      "ls -A | wc -l; git status --porcelain; test ! -e ran && echo 'nothing ran'",
    );

    // One of them is two lines long; package.json and .git are there too.
    expect(printed(outcome)).toBe('9\nnothing ran\n');
  });

  it('cannot be changed for a later command: neither its mirror nor what was installed for another commit', async () => {
    bench = createWorkbench(NONE);
    const install = { command: 'mkdir -p node_modules && cat version >node_modules/made', within: 60_000 };
    const first = bench.commit({ version: 'one' });
    const second = bench.commit({ version: 'two' });
    const spoil =
      'echo spoilt >version; echo spoilt >node_modules/made; git config core.fsmonitor "touch ran"; echo x >$HOME/.npmrc; rm -rf .git/objects';

    await bench.run(spoil, { commit: first, install });
    const outcomes = [
      await bench.run('cat version node_modules/made; ls -A $HOME', { commit: first, install }),
      await bench.run('cat version node_modules/made', { commit: second, install }),
    ];

    expect(outcomes.map(printed)).toEqual(['oneone', 'twotwo']);
  });

  it('has a git repository of its own in each checkout, with one commit and no way back', async () => {
    bench = createWorkbench(NONE);
    bench.commit({ secret: 'of an older commit' });
    bench.git('rm', '--quiet', 'secret');
    bench.commit({});

    const outcome = await bench.run(
      'git rev-list --all HEAD | wc -l; git remote; git count-objects -v | grep alternate; cat .git/config',
    );

    expect(printed(outcome)).toMatch(/^1\n\[core\]/u);
    expect(printed(outcome)).not.toContain(bench.folder);
  });

  it('whose mirror is damaged is fetched anew', async () => {
    bench = createWorkbench(NONE);
    await bench.run('true');
    const mirror = join(bench.folder, 'runner/mirrors/acme%2Fapi.git');
    for (const name of readdirSync(join(mirror, 'objects')))
      rmSync(join(mirror, 'objects', name), { recursive: true });

    const outcome = await bench.run('cat package.json');

    expect(outcome).toMatchObject({ kind: 'exited', code: 0 });
  });

  it('whose mirror was left locked by a crash is fetched anew', async () => {
    bench = createWorkbench(NONE);
    await bench.run('true');
    writeFileSync(join(bench.folder, 'runner/mirrors/acme%2Fapi.git/shallow.lock'), '');
    bench.commit({ 'new.txt': 'x' });

    const outcome = await bench.run('cat new.txt');

    expect(printed(outcome)).toBe('x');
  });

  it('that does not have the commit any more is said so, and keeps its mirror', async () => {
    bench = createWorkbench(NONE);
    await bench.run('true');

    const outcome = await bench.run('true', { commit: 'a'.repeat(40) });

    expect(outcome).toMatchObject({
      kind: 'unavailable',
      reason: expect.stringMatching(/acme\/api at aaaaaaaaaaaa could not be fetched.*not our ref/u),
    });
    expect(existsSync(join(bench.folder, 'runner/mirrors/acme%2Fapi.git/refs'))).toBe(true);
  });

  it('that the code host refuses makes the command unavailable, in its words', async () => {
    bench = createWorkbench(NONE, {
      codeHost: {
        gitAccess: async () => {
          throw new CodeHostRefused('Forge may not read acme/api.', 'forbidden');
        },
      },
    });

    expect(await bench.run('true')).toEqual({ kind: 'unavailable', reason: 'Forge may not read acme/api.' });
  });

  it.each(['ext::sh -c touch% ran', 'ssh://example.com/x', 'git://example.com/x'])(
    'is never fetched by %s',
    async (url) => {
      bench = createWorkbench(NONE, { codeHost: { gitAccess: async () => ({ url }) } });

      expect(await bench.run('true')).toMatchObject({
        kind: 'unavailable',
        reason: expect.stringContaining('Forge fetches code by https'),
      });
    },
  );

  it.each(['../../etc', 'acme/api/x', '--upload-pack=x/y z'])(
    'is not looked for by the name %s',
    async (repository) => {
      bench = createWorkbench(NONE);

      await expect(bench.run('true', { repository })).rejects.toThrow('no name of a repository');
    },
  );
});

describe.skipIf(cannot(BUBBLEWRAP) !== undefined)(named('the secret for fetching', BUBBLEWRAP), () => {
  const header = { name: 'Authorization', value: 'Basic c2VjcmV0LXRva2Vu' };
  let server: Server;
  afterEach(() => server.close());

  it('goes to the code host, and is on no command line, no disk and in no command', async () => {
    const lines: string[] = [];
    const asked: (string | undefined)[] = [];
    server = await serveGit((request) => {
      asked.push(request.headers.authorization);
      lines.push(...commandLines());
      return true;
    });
    bench = createWorkbench(BUBBLEWRAP, {
      codeHost: { gitAccess: async () => ({ url: urlOf(server), header }) },
    });

    const outcome = await bench.run('cat package.json .git/config; env');

    expect(outcome).toMatchObject({ kind: 'exited', code: 0 });
    expect(new Set(asked)).toEqual(new Set([header.value]));
    expect(lines.filter((line) => line.includes('git fetch') || line.includes('git\0'))).not.toEqual([]);
    const everything = [...lines, printed(outcome), ...filesIn(join(bench.folder, 'runner'))].join('\n');
    expect(everything).not.toContain('c2VjcmV0LXRva2Vu');
  });

  it('does not go where the code host sends Forge on to', async () => {
    const asked: (string | undefined)[] = [];
    const other = createServer((request, answer) => {
      asked.push(request.headers.authorization);
      answer.writeHead(404).end();
    });
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    server = await serveGit((request, answer) => {
      answer.writeHead(302, { location: `${urlOf(other)}${request.url}` }).end();
      return false;
    });
    bench = createWorkbench(BUBBLEWRAP, {
      codeHost: { gitAccess: async () => ({ url: urlOf(server), header }) },
    });

    const outcome = await bench.run('true');
    other.close();

    expect(outcome).toMatchObject({ kind: 'unavailable' });
    expect(asked).toEqual([]);
  });
});

function treeOf(lines: string): string {
  const options = { cwd: join(bench.folder, 'source'), input: lines, encoding: 'utf8' } as const;
  return execFileSync('git', ['-c', 'core.protectHFS=false', 'mktree'], options).trim();
}

/** Git's own server behind an HTTP server; `admit` sees each request first. */
async function serveGit(
  admit: (request: IncomingMessage, answer: ServerResponse) => boolean,
): Promise<Server> {
  const http = createServer((request, answer) => {
    if (!admit(request, answer)) return;
    const { pathname, search } = new URL(request.url ?? '', 'http://localhost');
    const backend = spawn('git', ['http-backend'], {
      env: {
        PATH: process.env.PATH,
        GIT_PROJECT_ROOT: join(bench.folder, 'source/.git'),
        GIT_HTTP_EXPORT_ALL: '1',
        GIT_PROTOCOL: `${request.headers['git-protocol']}`,
        REQUEST_METHOD: request.method,
        PATH_INFO: pathname,
        QUERY_STRING: search.slice(1),
        CONTENT_TYPE: request.headers['content-type'],
        ...(request.headers['content-encoding'] === undefined
          ? {}
          : { HTTP_CONTENT_ENCODING: `${request.headers['content-encoding']}` }),
      },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    request.pipe(backend.stdin);
    const chunks: Buffer[] = [];
    backend.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    backend.once('close', () => {
      const all = Buffer.concat(chunks);
      const end = all.indexOf('\r\n\r\n');
      const head = all
        .subarray(0, end)
        .toString()
        .split('\r\n')
        .map((line) => line.split(': '));
      const { Status: status = '200', ...headers } = Object.fromEntries(head);
      answer.writeHead(Number.parseInt(status, 10), headers).end(all.subarray(end + 4));
    });
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  return http;
}

function urlOf(http: Server): string {
  const address = http.address();
  if (address === null || typeof address === 'string') throw new Error('It does not listen');
  return `http://127.0.0.1:${address.port}`;
}

function commandLines(): string[] {
  return execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' }).split('\n');
}

function filesIn(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
}
