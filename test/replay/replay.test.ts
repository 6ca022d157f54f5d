import { describe, expect, it } from 'vitest';
import { createEngine } from '../../jobs/engine/create-engine.ts';
import { defineJobs } from '../../jobs/index.ts';
import { clock } from '../../src/clock.ts';
import { createJournalDriver } from './journal-driver.ts';
import { journalFiles, readJournal } from './journals.ts';
import { contradictionOf, type Define } from './replay.ts';
import { untouchedWorld } from './untouched-world.ts';

const files = await journalFiles();
const define: Define = (engine) => defineJobs(engine, untouchedWorld());

describe('a deployment that runs while Forge is updated', () => {
  it.each(definedVersions())('has journals of %s to be tried with (npm run replay:record)', (version) => {
    expect(files.filter((file) => file.startsWith(`${version}/`))).not.toEqual([]);
  });

  it.each(files)('goes on wherever it is: %s', async (file) => {
    expect(await contradictionOf(readJournal(file), define)).toBeUndefined();
  });
});

/** Such as `deploy/1`. */
function definedVersions(): string[] {
  const versions: string[] = [];
  const anyRun = { story: '', run: 'r', job: '', version: 0, key: null, input: null, entries: [] };
  const recorded = { ...anyRun, end: { status: 'done', error: null } };
  const nothing = () => undefined;
  const engine = createEngine(createJournalDriver(recorded, [], nothing), {
    clock,
    onError: nothing,
    onFenced: nothing,
  });
  define({
    ...engine,
    define: (name, version) => {
      versions.push(`${name}/${version}`);
    },
  });
  return versions;
}
