import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';
import { guardFolder } from '../../../sandbox/folder-guard.ts';
import { eventually } from './with-sandbox.ts';

const PROGRAM = `
import { guardFolder } from ${JSON.stringify(new URL('../../../sandbox/folder-guard.ts', import.meta.url).href)};
guardFolder(process.argv[1]);
console.log('guarded');
setInterval(() => undefined, 1000);
`;

async function folderWithAFile(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'guarded-'));
  await writeFile(join(folder, 'file'), 'x');
  return folder;
}

describe('a guarded folder', () => {
  it('goes with the process that guards it, even by kill -9', async () => {
    const folder = await folderWithAFile();
    const child = spawn(process.execPath, ['--input-type=module', '-e', PROGRAM, folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(createInterface({ input: child.stdout }), 'line');
    const wasThere = existsSync(folder);

    child.kill('SIGKILL');
    await eventually('the end of the folder', () => (existsSync(folder) ? undefined : true));

    expect(wasThere).toBe(true);
  });

  it('goes at once when its guard is told, however often', async () => {
    const folder = await folderWithAFile();
    const remove = guardFolder(folder);

    await remove();
    await remove();

    expect(existsSync(folder)).toBe(false);
  });
});
