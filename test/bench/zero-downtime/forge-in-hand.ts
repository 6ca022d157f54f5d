import { readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseDocument } from 'yaml';
import type { Launched } from '../../../sandbox/launch.ts';
import { until } from './until.ts';

/** While a file of this name lies beside the policy file, Forge does not come up. */
export const DOWN_FILE = 'forge-stays-down';
const READY_WITHIN_MS = 60_000;

/** What stands in the policy file, as path and value; nothing stands there any more where that is undefined. */
export type PolicyChange = readonly [path: readonly string[], value: unknown][];

/** Does to Forge's process what an administrator, or bad luck, does. */
export function forgeInHand({ client, addresses }: Pick<Launched, 'client' | 'addresses'>) {
  const downFile = join(dirname(addresses.config), DOWN_FILE);

  async function pid(): Promise<number> {
    const { forge } = await client.state();
    if (forge.pid === null) throw new Error('Forge is not running.');
    return forge.pid;
  }

  function untilReady(exceptPid?: number): Promise<void> {
    return until('Forge is connected', READY_WITHIN_MS, async () => {
      const { forge } = await client.state();
      return forge.ready && forge.pid !== exceptPid;
    });
  }

  return {
    /** Changes the policy and starts Forge anew with it, unless it says so already. */
    async usePolicy(change: PolicyChange): Promise<void> {
      const before = await readFile(addresses.config, 'utf8');
      const document = parseDocument(before);
      for (const [path, value] of change) {
        if (value === undefined) document.deleteIn(path);
        else document.setIn(path, document.createNode(value));
      }
      const wanted = document.toString();
      if (wanted === before) return;
      await writeFile(addresses.config, wanted);
      const old = await pid();
      process.kill(old, 'SIGTERM');
      await untilReady(old);
    },
    /** kill -9, and no Forge until `comeBack`. */
    async killAndKeepDown(): Promise<void> {
      await writeFile(downFile, '');
      process.kill(await pid(), 'SIGKILL');
    },
    async comeBack(): Promise<void> {
      await rm(downFile);
      await untilReady();
    },
  };
}
export type ForgeInHand = ReturnType<typeof forgeInHand>;
