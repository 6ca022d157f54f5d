import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Job, JobContext } from '../../jobs/engine/engine.ts';
import { journalFiles, keepJournal, readJournal } from './journals.ts';
import { fileOf, type RecordedRun } from './recorded-run.ts';
import { contradictionOf } from './replay.ts';

const recorded: RecordedRun = {
  story: 'success',
  run: 'shift/1',
  job: 'shift',
  version: 1,
  key: null,
  input: 10,
  entries: [
    { sequence: 0, kind: 'operation', name: 'read', attempt: 1, outcome: { kind: 'ok', value: 'blue' } },
    { sequence: 1, kind: 'sleep', name: 'settle', attempt: 0, outcome: { kind: 'ok' } },
    { sequence: 2, kind: 'operation', name: 'shift to blue', attempt: 1, outcome: { kind: 'ok' } },
  ],
  end: { status: 'done', error: null },
};

const body = (): Promise<never> => Promise.reject(new Error('A replay carried out an operation'));

async function shift(context: JobContext): Promise<undefined> {
  const colour = await context.operation<string>('read', body);
  await context.sleep('settle', 10);
  await context.operation<undefined>(`shift to ${colour}`, body);
}

const contradiction = (job: Job, version = 1) =>
  contradictionOf(recorded, (engine) => engine.define('shift', version, job));

describe('the replay of a journal', () => {
  it('finds nothing in the job it was recorded of', async () => {
    expect(await contradiction(shift)).toBeUndefined();
  });

  it('says which operation differs, what that breaks and what to do', async () => {
    const renamed: Job = async (context) => {
      await context.operation<string>('look', body);
    };

    expect(await contradiction(renamed)).toBe(
      `Operation 0: the journal has operation "read", the code asks for operation "look".
This is a journal of job "shift", version 1 (shift/1/success-shift-1.json). Deployments that are running when Forge is updated to this code would become stuck.
Leave version 1 of "shift" as it was, define the changed job as version 2 beside it in jobs/index.ts, and run npm run replay:record, which adds journals of the new version.`,
    );
  });

  it.each<[string, Job, string]>([
    [
      'an operation of another kind',
      async (context) => {
        await context.operation<string>('read', body);
        await context.waitFor('settle');
      },
      'Operation 1: the journal has sleep "settle", the code asks for wait "settle"',
    ],
    [
      'an operation in between',
      async (context) => {
        await context.now();
        return shift(context);
      },
      'Operation 0: the journal has operation "read", the code asks for value "now"',
    ],
    [
      'one more at the end',
      async (context) => {
        await shift(context);
        await context.sleep('settle again', 10);
      },
      'Operation 3: the journal ended before it, the code asks for sleep "settle again"',
    ],
    [
      'one less at the end',
      async (context) => {
        await context.operation<string>('read', body);
        await context.sleep('settle', 10);
      },
      'Operation 2: the journal has operation "shift to blue", the code ended before it (done)',
    ],
    [
      'an end of another kind',
      async (context) => {
        await shift(context);
        throw new Error('too bad');
      },
      'It ended as done, and ends as failed: too bad now',
    ],
    [
      'a name that depends on more than the journal',
      async (context) => {
        await context.operation<string>('read', body);
        await context.sleep(`settle ${process.hrtime.bigint()}`, 10);
      },
      'Operation 1: the journal has sleep "settle", the code asks for sleep "settle ',
    ],
  ])('finds %s', async (_, job, words) => {
    expect(await contradiction(job)).toContain(words);
  });

  it('finds that the version of the job is gone', async () => {
    expect(await contradiction(shift, 2)).toMatch(/version 1/u);
  });

  it('finds a job that waits for something the journal does not have', async () => {
    const waiting: Job = () => new Promise(() => undefined);

    expect(await contradiction(waiting)).toContain('It does not go on after 0 operations.');
  });
});

describe('a kept journal', () => {
  function folder(): string {
    const made = mkdtempSync(join(tmpdir(), 'forge-journals-'));
    onTestFinished(() => rmSync(made, { recursive: true }));
    return made;
  }

  const changed: RecordedRun = { ...recorded, input: 20 };

  it('is never overwritten by another recording unless that is asked for', async () => {
    const options = { folder: folder(), isToReplace: false };
    const file = fileOf(recorded);

    const first = keepJournal(recorded, file, options);
    const again = keepJournal(recorded, file, options);
    const other = keepJournal(changed, file, options);

    expect([first, again, other]).toEqual(['new', 'same', 'left as it was']);
    expect(await journalFiles(options.folder)).toEqual(['shift/1/success-shift-1.json']);
    expect(readJournal(file, options.folder)).toEqual(recorded);
    expect(keepJournal(changed, file, { ...options, isToReplace: true })).toBe('replaced');
    expect(readJournal(file, options.folder)).toEqual(changed);
  });
});
