import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openLedger, readLedger } from '../chaos/engine/ledger.ts';

describe('the ledger', () => {
  it('keeps the line after one that a kill cut off', () => {
    const folder = mkdtempSync(join(tmpdir(), 'forge-ledger-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const path = join(folder, 'ledger');
    const ledger = openLedger(path, 7);

    ledger.write({ kind: 'lead', epoch: 1 });
    appendFileSync(path, '\n{"worker":7,"at":17');
    ledger.write({ kind: 'finally', run: 'a' });

    const { lines, torn } = readLedger(path);
    expect(torn).toBe(1);
    expect(lines).toMatchObject([
      { worker: 7, kind: 'lead', epoch: 1 },
      { worker: 7, kind: 'finally', run: 'a' },
    ]);
  });
});
