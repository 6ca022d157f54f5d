import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clock } from '../../src/clock.ts';
import type { RunnerPolicy } from '../../src/domain/policy.ts';
import type { Guarded } from '../../src/runner/guarded.ts';
import { proveIsolation } from '../../src/runner/prove.ts';
import { openWorkshop } from '../../src/runner/workshop.ts';
import {
  asOther,
  BUBBLEWRAP,
  cannot,
  createWorkbench,
  NONE,
  named,
  printed,
  type Workbench,
} from './workbench.ts';

const SECRET = 'xoxb-the-secret-of-forge';
const isRoot = process.getuid?.() === 0;
/** Where there is no root, Forge's own loopback stands for it: it is as much out of reach. */
const METADATA = isRoot ? '169.254.169.254' : '127.0.0.1';
const FORBIDDEN_TO_OTHER = 'pref 9000 uidrange 5-5 to 169.254.0.0/16 prohibit';

const OTHER = asOther('games');
let bench: Workbench;
let forge: ChildProcess;
let metadata: Server;
let guarded: Guarded[];

beforeEach(() => {
  forge = spawn('sleep', ['600'], { env: { ...process.env, SLACK_BOT_TOKEN: SECRET }, stdio: 'ignore' });
});
afterEach(async () => {
  forge.kill('SIGKILL');
  await bench.end();
});

/** What somebody with a branch might put into its tests; everything it gets hold of it prints. */
const HOSTILE_TESTS = `
import { execSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
const [target, ...files] = process.argv.slice(2);
const attempt = async (name, act) => {
  try { console.log(name, await act()); } catch (error) { console.log(name, 'failed', error.code ?? error.message); }
};
for (const pid of readdirSync('/proc').filter((name) => /^[0-9]+$/.test(name))) {
  await attempt('environ ' + pid, () => readFileSync('/proc/' + pid + '/environ', 'latin1'));
  await attempt('cwd ' + pid, () => readdirSync('/proc/' + pid + '/cwd/').join() === readdirSync('.').join() ? 'own' : 'GOT OUT ' + readdirSync('/proc/' + pid + '/cwd/'));
  await attempt('mem ' + pid, () => readFileSync('/proc/' + pid + '/maps', 'latin1').includes('vitest') ? 'GOT OUT' : 'own');
}
for (const file of files) {
  await attempt('read ' + file, () => readFileSync(file, 'latin1'));
  await attempt('write ' + file, () => writeFileSync(file, 'GOT OUT') ?? 'GOT OUT');
}
await attempt('kill', () => (process.kill(Number(target), 0), 'GOT OUT'));
const address = process.env.METADATA;
await attempt('fetch', async () => (await fetch('http://' + address + '/', { signal: AbortSignal.timeout(3000) })).text());
await attempt('curl', () => execSync('curl -s -m 3 http://' + address + '/ 2>&1; true').toString());
`;

describe.skipIf(cannot(BUBBLEWRAP) !== undefined)(
  named('a branch whose tests are hostile', BUBBLEWRAP),
  () => {
    beforeEach(async () => {
      if (isRoot) ip(`addr replace ${METADATA}/32 dev lo`);
      metadata = await giveOutSecrets();
    });
    afterEach(() => {
      metadata.close();
      if (isRoot) ip(`addr del ${METADATA}/32 dev lo`);
    });

    it.each(['none', 'open'] as const)('gets nothing as a command, with the network %s', async (network) => {
      open({ ...BUBBLEWRAP, network });
      expect(await (await fetch(address())).text()).toBe(SECRET);

      const outcome = await bench.run(attack());

      expectNothing(printed(outcome));
    });

    it('gets nothing while it installs', async () => {
      open(BUBBLEWRAP);

      const outcome = await bench.run('true', {
        install: { command: `${attack()}; exit 1`, within: 60_000 },
      });

      expectNothing(printed(outcome));
    });
  },
);

describe.skipIf(cannot(OTHER) !== undefined)(named('a branch whose tests are hostile', OTHER), () => {
  beforeEach(() => ip(`rule add ${FORBIDDEN_TO_OTHER}`));
  afterEach(() => ip(`rule del ${FORBIDDEN_TO_OTHER}`));

  it('gets nothing as another user, to whom the metadata is forbidden', async () => {
    open(OTHER);

    const outcome = await bench.run(attack());

    expectNothing(printed(outcome));
    expect(printed(outcome)).toMatch(/fetch failed/u);
  });

  it('is proven to get nothing', async () => {
    open(OTHER);

    expect(othersThanOwnFolder(await bench.runner.prove())).toEqual([]);
  });
});

describe.skipIf(cannot(BUBBLEWRAP) !== undefined)(named('the proof of bubblewrap', BUBBLEWRAP), () => {
  it.each(['none', 'open'] as const)('finds nothing where commands have the network %s', async (network) => {
    open({ ...BUBBLEWRAP, network });

    expect(await bench.runner.prove()).toEqual([]);
  });

  it.skipIf(!isRoot)(
    'finds nothing where Forge lies among the programs of the machine: that is hidden',
    async () => {
      const among = mkdtempSync('/usr/local/share/forge-');
      chmodSync(among, 0o755);
      writeFileSync(join(among, 'forge.yml'), SECRET, { mode: 0o644 });
      open(BUBBLEWRAP, [
        { path: among, what: 'the folder' },
        { path: join(among, 'forge.yml'), what: 'the policy file' },
      ]);

      const problems = await bench.runner.prove();
      rmSync(among, { recursive: true });

      expect(problems).toEqual([]);
    },
  );

  it.skipIf(!isRoot)(
    'lets nobody see a file that lies there and is known by a link from elsewhere',
    async () => {
      const among = mkdtempSync('/usr/local/share/forge-');
      chmodSync(among, 0o755);
      const file = join(among, 'forge.yml');
      writeFileSync(file, SECRET, { mode: 0o644 });
      const link = mkdtempSync(join(tmpdir(), 'link-'));
      symlinkSync(among, join(link, 'etc'));
      open(BUBBLEWRAP, [{ path: join(link, 'etc/forge.yml'), what: 'the policy file' }]);

      const outcome = await bench.run(`cat ${file}; echo tried`);
      for (const folder of [among, link]) rmSync(folder, { recursive: true });

      expect(printed(outcome)).toContain('tried');
      expect(printed(outcome)).not.toContain(SECRET);
    },
  );

  it('finds a file of the machine that it is told to keep, and cannot', async () => {
    open(BUBBLEWRAP, [{ path: '/etc/ssl/certs', what: 'the policy file' }]);

    expect(await bench.runner.prove()).toEqual([
      expect.stringContaining('Checks could read the policy file /etc/ssl/certs.'),
    ]);
  });
});

describe('the proof', () => {
  it('finds everything where there is no isolation', async () => {
    open(NONE);
    const workshop = await openWorkshop({ ...parts(NONE), folder: join(bench.folder, 'open') });
    if ('problems' in workshop) throw new Error(workshop.problems.join());
    const policy: RunnerPolicy = { ...OTHER, network: 'none' };
    const signal = new AbortController().signal;

    const problems = await proveIsolation(workshop, { policy, folder: bench.folder, guarded, signal });
    await workshop.close();

    for (const hole of [
      "Checks could read Forge's environment",
      'Checks could end Forge',
      'Checks could change the policy file',
      'Checks could change the folder of secrets',
      "Forge's own folder",
      'Checks could change the home folder',
      'The policy says that checks have no network',
    ])
      expect(problems).toContainEqual(expect.stringContaining(hole));
  });

  it('is not asked for where the policy asks for no isolation', async () => {
    open(NONE);

    expect(await bench.runner.prove()).toEqual([]);
  });
});

describe.skipIf(cannot(OTHER) !== undefined)(named('the proof of another user', OTHER), () => {
  it('is none where it could not be tried', async () => {
    open(OTHER);
    chmodSync(bench.folder, 0o700);

    expect(await bench.runner.prove()).toContainEqual(
      expect.stringContaining('Checks cannot run as user games'),
    );
  });

  it('finds a file that everybody may read, and says how to close it', async () => {
    open(OTHER);
    const file = join(bench.folder, 'forge.yml');
    chmodSync(file, 0o644);

    expect(await bench.runner.prove()).toContain(
      `Checks could read the policy file ${file} as user games. Take it away from other users: chmod o-rwx ${file}`,
    );
  });

  it('finds the file of a path that is meant from the folder Forge was started in', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'policy-')), 'forge.yml');
    writeFileSync(file, SECRET);
    chmodSync(dirname(file), 0o755);
    chmodSync(file, 0o644);
    open(OTHER, [{ path: relative(process.cwd(), file), what: 'the policy of old' }]);

    const problems = await bench.runner.prove();
    rmSync(dirname(file), { recursive: true });

    expect(problems).toContainEqual(expect.stringContaining(`Checks could read the policy of old ${file}`));
  });

  it('finds a folder that everybody may write to', async () => {
    open(OTHER);
    chmodSync(join(bench.folder, 'secrets'), 0o777);

    expect(await bench.runner.prove()).toContainEqual(
      expect.stringContaining(
        `Checks could change the folder of secrets ${bench.folder}/secrets as user games.`,
      ),
    );
  });

  it('finds that the network is there though the policy says it is not', async () => {
    open({ ...OTHER, network: 'none' });

    expect(await bench.runner.prove()).toContainEqual(
      expect.stringContaining('The policy says that checks have no network'),
    );
  });

  it('finds that metadata can be reached, and says how to forbid it', async () => {
    open(OTHER);
    ip(`addr replace ${METADATA}/32 dev lo`);
    metadata = await giveOutSecrets();

    const problems = await bench.runner.prove();
    metadata.close();
    ip(`addr del ${METADATA}/32 dev lo`);

    expect(problems).toContain(
      `Checks could reach the cloud's metadata at ${METADATA} as user games. Forbid it: iptables -I OUTPUT -m owner --uid-owner games -d ${METADATA} -j REJECT`,
    );
  });

  it.each([
    ['nobody-here', 'There is no user nobody-here on this machine for checks to run as.'],
    ['root', 'Checks cannot run as root'],
  ])('refuses the user %s, and so does every command', async (user, words) => {
    open({ ...OTHER, user });

    const problems = await bench.runner.prove();
    const outcome = await bench.run('true');

    expect(problems).toEqual([expect.stringContaining(words)]);
    expect(outcome).toMatchObject({ kind: 'unavailable', reason: expect.stringContaining(words) });
  });
});

/** A policy file and secrets of Forge's beside the runner's folder. */
function open(policy: RunnerPolicy, more: readonly Guarded[] = []): void {
  const plant = (folder: string) => {
    guarded = [...planted(folder), ...more];
    return guarded;
  };
  bench = createWorkbench(policy, { plant });
  bench.commit({ 'attack.mjs': HOSTILE_TESTS });
}

function parts(policy: RunnerPolicy) {
  const log = {
    debug: () => undefined,
    info: () => undefined,
    warn: () => undefined,
    error: () => undefined,
  };
  const codeHost = { gitAccess: async () => ({ url: 'file:///nowhere' }) };
  return { policy, codeHost, clock, log, guarded };
}

function planted(folder: string): Guarded[] {
  const secrets = join(folder, 'secrets');
  mkdirSync(secrets, { mode: 0o700 });
  writeFileSync(join(secrets, 'forge.db'), SECRET);
  writeFileSync(join(folder, 'forge.yml'), SECRET, { mode: 0o600 });
  return [
    { path: join(folder, 'forge.yml'), what: 'the policy file' },
    { path: join(secrets, 'forge.db'), what: 'the database' },
    { path: secrets, what: 'the folder of secrets' },
  ];
}

function attack(): string {
  const files = guarded.map(({ path }) => path).join(' ');
  return `METADATA=${new URL(address()).host} node attack.mjs ${forge.pid} ${files}`;
}

function expectNothing(output: string): void {
  expect(output).toContain('curl ');
  expect(output).not.toContain(SECRET);
  expect(output).not.toContain('GOT OUT');
}

function othersThanOwnFolder(problems: readonly string[]): string[] {
  // The checkout that these tests run from may be read by everybody.
  return problems.filter((problem) => !problem.includes("Forge's own folder"));
}

async function giveOutSecrets(): Promise<Server> {
  const server = createServer((_request, answer) => answer.end(SECRET));
  await new Promise<void>((resolve) => server.listen(isRoot ? 80 : 0, METADATA, resolve));
  return server;
}

function address(): string {
  const at = forgeAddress();
  return `http://${METADATA}:${at}/`;
}

function forgeAddress(): number {
  const own = isRoot ? undefined : metadata.address();
  return own === undefined || own === null || typeof own === 'string' ? 80 : own.port;
}

function ip(command: string): void {
  const ended = spawnSync('ip', command.split(' '), { encoding: 'utf8' });
  if (ended.status !== 0) throw new Error(`ip ${command}: ${ended.stderr}`);
}
