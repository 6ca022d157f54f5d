import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clock } from '../../src/clock.ts';
import { emptyBox } from '../../src/runner/boxes.ts';
import type { Box, Isolation } from '../../src/runner/isolation.ts';
import { createKeptCheckouts, type KeptCheckouts } from '../../src/runner/kept.ts';
import { createSameUser } from '../../src/runner/same-user.ts';
import { eventually } from '../eventually.ts';

const { signal } = new AbortController();
let root: string;
let kept: KeptCheckouts;
/** While this file is there, copying has begun and goes no further. */
let gate: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'kept-'));
  mkdirSync(join(root, 'kept'));
  gate = join(root, 'gate');
  kept = createKeptCheckouts({ folder: join(root, 'kept'), isolation: throughGate(createSameUser()), clock });
});
afterEach(() => rmSync(root, { recursive: true }));

describe('checkouts that are kept', () => {
  it('are whole for whoever copies one, though newer ones take its place meanwhile', async () => {
    await kept.keep(await boxWith('tests'), origin('a'), signal);
    const copy = await emptyBox(join(root, 'copy'), createSameUser());
    writeFileSync(gate, '');

    const copying = kept.copyInto(copy, origin('a'), signal);
    await eventually(() => existsSync(`${gate}.reached`));
    await newerOnes();
    rmSync(gate);

    expect(await copying).toBe(true);
    expect(readdirSync(join(copy.folder, 'work'))).toEqual(['tests']);
    expect(await kept.copyInto(copy, origin('a'), signal)).toBe(false);
    expect(readdirSync(join(root, 'kept'))).toHaveLength(3);
  });

  it('leave nothing of one that was not finished', async () => {
    writeFileSync(gate, '');
    const leaving = new AbortController();

    const keeping = kept.keep(await boxWith('tests'), origin('a'), leaving.signal);
    await eventually(() => existsSync(`${gate}.reached`));
    leaving.abort(new Error('Enough.'));

    await expect(keeping).rejects.toThrow('Enough.');
    expect(readdirSync(join(root, 'kept'))).toEqual([]);
  });

  it('are of one repository, though another one has the same commit', async () => {
    await kept.keep(await boxWith('tests'), origin('a'), signal);

    const other = { ...origin('a'), repository: 'acme/other' };

    expect(await kept.copyInto(await boxWith('own'), other, signal)).toBe(false);
  });
});

/** As many as are kept, none of which waits at the gate. */
async function newerOnes(): Promise<void> {
  for (const name of ['b', 'c', 'd']) await kept.keep(await boxWith(name), origin(name), signal);
}

function origin(commit: string) {
  return { repository: 'acme/api', commit, install: 'npm ci', work: '/work' };
}

async function boxWith(file: string): Promise<Box> {
  const box = await emptyBox(join(root, 'box'), createSameUser());
  writeFileSync(join(box.folder, 'work', file), '');
  return box;
}

/** The first command that comes to the gate waits at it. */
function throughGate(isolation: Isolation): Isolation {
  const wait =
    'if [ -e "$0" ] && mkdir "$0.reached"; then while [ -e "$0" ]; do sleep 0.01; done; fi; exec "$@"';
  return {
    ...isolation,
    launch: (box, inside) =>
      isolation.launch(box, { ...inside, argv: ['/bin/sh', '-c', wait, gate, ...inside.argv] }),
  };
}
