import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openDatabase } from '../../db/database.ts';
import { createStore } from '../../db/store.ts';
import { livePolicy } from '../../src/config/live-policy.ts';
import { readPolicyFile } from '../../src/config.ts';
import type { Caller } from '../../src/domain/caller.ts';
import type { DeploymentEvent } from '../../src/domain/events.ts';
import { environmentNamed } from '../../src/domain/policy.ts';
import type { Change, Store } from '../../src/ports/store.ts';
import { reloadPolicy, takeUpPolicy } from '../../src/use-cases/reload-policy.ts';
import { aPerson, aRequestedEvent } from '../builders.ts';
import { goodInColours } from '../config/colours-text.ts';
import { good } from '../config/policy-text.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { type LogLine, recordingLog } from '../slack/harness.ts';

describe('the policy, reloaded', () => {
  it('is what the file says now, for everything that keeps it', async () => {
    const { policy, edit, reload } = await aForge();
    await edit('branch: main', 'branch: trunk');

    const outcome = await reload();

    expect(outcome).toEqual({
      kind: 'reloaded',
      changes: [{ of: 'environment', name: 'staging', kind: 'changed', parts: ['branch'] }],
      waiting: 0,
    });
    expect(environmentNamed(policy, 'staging')?.branch).toBe('trunk');
  });

  it('is not changed by what means the same', async () => {
    const { policy, edit, reload } = await aForge();
    const { version } = policy;
    await edit('aws:', '# our accounts\naws:');

    expect(await reload()).toEqual({ kind: 'unchanged' });
    expect(policy.version).toBe(version);
  });

  it.each([
    [
      'is wrong',
      'branch: main',
      'branch: feature/*',
      /^.*forge\.yml:27:24 environments\.staging\.deploys\.branch: /u,
    ],
    ['names a secret that is not set', /^.*$/su, goodInColours, /^FORGE_PREVIEW_TOKEN is missing\./u],
  ])('stays as it was where the file %s', async (_, from, to, problem) => {
    const { policy, edit, reload } = await aForge();
    const before = structuredClone(policy);
    await edit(from, to);

    expect(await reload()).toEqual({ kind: 'invalid', problems: [expect.stringMatching(problem)] });
    expect(policy).toEqual(before);
  });

  it('stays as it was where the file is gone', async () => {
    const { policy, file, reload } = await aForge();
    const before = structuredClone(policy);
    await rm(file);

    expect(await reload()).toEqual({
      kind: 'invalid',
      problems: [expect.stringMatching(/cannot be read \(ENOENT/u)],
    });
    expect(policy).toEqual(before);
  });

  it('stays as it was while a deployment is under way where it would run elsewhere', async () => {
    const { policy, edit, reload, happened } = await aForge();
    const before = structuredClone(policy);
    await happened(1, aRequestedEvent({ service: 'api', environment: 'staging' }), { type: 'started' });
    await edit(
      'us-east-1: { url: "https://us.example.com/base", cluster: acme',
      'us-east-1: { url: "https://us.example.com/base", cluster: other',
    );

    expect(await reload()).toMatchObject({
      kind: 'in-use',
      deployments: [{ number: 1, service: 'api', environment: 'staging' }],
    });
    expect(policy).toEqual(before);
  });

  it('is taken while a deployment is under way that it leaves where it is', async () => {
    const { edit, reload, happened } = await aForge();
    await happened(1, aRequestedEvent({ service: 'mailer', environment: 'staging' }), { type: 'started' });
    await edit(
      'us-east-1: { url: "https://us.example.com/base", cluster: acme',
      'us-east-1: { url: "https://us.example.com/base", cluster: other',
    );

    expect(await reload()).toMatchObject({ kind: 'reloaded', waiting: 0 });
  });

  it('wakes every deployment that has not begun, or may wait for its time in a region, in the commit that ends what was asked', async () => {
    const { edit, reload, happened, commits } = await aForge();
    await happened(1, aRequestedEvent({ service: 'api', environment: 'staging' }), { type: 'checking' });
    await happened(2, aRequestedEvent({ service: 'mailer', environment: 'staging' }), { type: 'started' });
    await edit('branch: main', 'branch: trunk');

    expect(await reload()).toMatchObject({ kind: 'reloaded', waiting: 1 });
    expect(commits.at(-1)).toEqual([
      expect.objectContaining({ kind: 'signal-run', run: 'prepare/1', id: 'arrival' }),
      expect.objectContaining({ kind: 'signal-run', run: 'deploy/2', id: 'arrival' }),
      { kind: 'finish-arrival', id: 'arrival', outcome: expect.stringMatching(/^policy [0-9a-f]{16}$/u) },
    ]);
  });

  it('is refused where it came from no file', async () => {
    const { policy, store } = await aForge();

    await expect(reloadPolicy(sam, { policy, store })).rejects.toThrow(/has no policy file/u);
  });
});

describe('the policy of a standby that begins to lead', () => {
  it('is what the file says by then', async () => {
    const { policy, edit, takeUp } = await aForge();
    await edit('branch: main', 'branch: trunk');

    await takeUp();

    expect(environmentNamed(policy, 'staging')?.branch).toBe('trunk');
  });

  it('is what it read at its own start where the file is wrong by then, and the log says so', async () => {
    const { policy, edit, takeUp, lines } = await aForge();
    const before = structuredClone(policy);
    await edit('branch: main', 'branch: feature/*');

    await takeUp();

    expect(policy).toEqual(before);
    expect(lines).toEqual([expect.objectContaining({ level: 'warn' })]);
  });

  it('is left alone where it came from no file', async () => {
    const { policy, lines } = await aForge();
    const before = structuredClone(policy);

    await takeUpPolicy({ policy, log: recordingLog(lines) });

    expect([policy, lines]).toEqual([before, []]);
  });
});

const sam: Caller = { actor: { kind: 'person', userId: 'U0SAM', via: 'command' }, arrival: 'arrival' };

/** A policy file on disk, the policy in force as a process keeps it, and a real store. */
async function aForge() {
  const folder = await mkdtemp(join(tmpdir(), 'forge-reload-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'forge.yml');
  await writeFile(file, good);
  const first = await readPolicyFile(file, {});
  if (first.kind === 'invalid') throw new Error(first.problems.join('\n'));
  const { policy, replace } = livePolicy(first.policy);
  const database = openDatabase(':memory:');
  onTestFinished(() => database.close());
  const kept = createStore(database, { clock: createFakeClock() });
  const commits: (readonly Change[])[] = [];
  const store: Store = {
    ...kept,
    commit(changes) {
      commits.push(changes);
      return kept.commit(changes);
    },
  };
  const lines: LogLine[] = [];
  const policySource = { read: () => readPolicyFile(file, {}), replace };
  return {
    ...{ policy, file, store, commits, lines },
    takeUp: () => takeUpPolicy({ policy, policySource, log: recordingLog(lines) }),
    edit: async (from: string | RegExp, to: string) =>
      writeFile(
        file,
        (await readFile(file, 'utf8')).replace(from, () => to),
      ),
    reload: () => reloadPolicy(sam, { policy, store, policySource }),
    happened: (deployment: number, ...events: DeploymentEvent[]) =>
      store.commit([
        { kind: 'append', deployment, expect: 0, events, by: aPerson, cause: `story of ${deployment}` },
      ]),
  };
}
