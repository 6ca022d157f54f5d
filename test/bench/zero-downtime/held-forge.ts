import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DOWN_FILE } from './forge-in-hand.ts';

/** Forge as it is, except that it does not come up while it is to stay down: the sandbox starts what ended again at once. */
const downFile = join(dirname(process.env.FORGE_CONFIG ?? ''), DOWN_FILE);
while (existsSync(downFile)) await sleep(100);
await import('../../../src/main.ts');
