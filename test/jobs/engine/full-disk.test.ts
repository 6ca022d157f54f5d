import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { playFullDisk } from '../../crash-points/full-disk-case.ts';
import { remainsIn } from '../../crash-points/remains.ts';
import { finish, makeTemplate } from '../../crash-points/sweep.ts';

/** Of about a hundred writes; test/crash-points tries every one. */
const writes = [1, 2, 3, 9, 17, 25, 33, 41, 49, 57, 65, 73, 81, 89];

it('a disk that is full for a while, at whatever write, loses nothing and doubles nothing, and the run ends right', async () => {
  const root = mkdtempSync(join(tmpdir(), 'forge-full-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const [template, undisturbed] = [join(root, 'template'), join(root, 'undisturbed')];
  for (const folder of [template, undisturbed]) {
    mkdirSync(folder);
    await makeTemplate(folder, 'everything');
  }
  await finish(undisturbed, { adapt: (database) => database });
  const ground = { root, template, expected: remainsIn(undisturbed) };

  const verdicts = await Promise.all(
    writes.map((fullAt) => playFullDisk({ job: 'everything', fullAt }, ground)),
  );

  expect(ground.expected.runs.find(({ id }) => id === 'main')?.status).toBe('done');
  expect(verdicts.filter(({ violations }) => violations.length > 0)).toEqual([]);
}, 60_000);
