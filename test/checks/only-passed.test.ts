import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lookIntoSql } from '../../src/checks/sql/look-into-sql.ts';
import type { CheckPolicy } from '../../src/domain/check.ts';
import type { CommitCheck } from '../../src/ports/code-host.ts';
import type { CommandOutcome } from '../../src/ports/command-runner.ts';
import type { ImageThere } from '../../src/ports/source-control.ts';
import { aRegion } from '../builders.ts';
import { aCommit, aSecondRegion, aSubject, aWorld, look } from './look.ts';

const usual = { name: 'A check', within: 60_000 };
const text = fc.string({ unit: 'binary', maxLength: 200 });
const output = fc.record({ text, isCut: fc.boolean() });

const outcomes: fc.Arbitrary<CommandOutcome> = fc.oneof(
  fc.record({
    kind: fc.constant('exited' as const),
    code: fc.oneof(fc.constantFrom(-1, 0, 1), fc.integer()),
    output,
    tookMs: fc.nat(),
  }),
  fc.record({ kind: fc.constant('killed' as const), signal: text, output, tookMs: fc.nat() }),
  fc.record({ kind: fc.constant('timed-out' as const), output, tookMs: fc.nat() }),
  fc.record({ kind: fc.constant('install-failed' as const), reason: text, output }),
  fc.record({ kind: fc.constant('unavailable' as const), reason: text }),
);

const states = [
  ...(['waiting', 'passed', 'failed', 'neutral', 'skipped', 'stale'] as const),
  ...(['cancelled', 'timed-out', 'action-required'] as const),
];
const commitChecks: fc.Arbitrary<CommitCheck> = fc.record({
  name: fc.constantFrom('build', 'lint', 'BUILD', 'build '),
  state: fc.constantFrom(...states),
  says: text,
});

const number = fc.oneof(fc.nat({ max: 3 }), fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY));
const findings = fc.record({ critical: number, high: number, medium: number, low: number });
const images: fc.Arbitrary<ImageThere> = fc.oneof(
  fc.constant<ImageThere>({ kind: 'absent' }),
  fc.record({
    kind: fc.constant('present' as const),
    digest: fc.constantFrom('sha256:1', 'sha256:2'),
    status: fc.constantFrom('active' as const, 'archived' as const, 'activating' as const),
    revision: fc.constantFrom(aCommit, 'f'.repeat(40), ''),
    scan: fc.oneof(
      fc.record({ kind: fc.constant('complete' as const), findings, unrated: fc.nat({ max: 2 }) }),
      fc.record({
        kind: fc.constantFrom('running' as const, 'none' as const, 'unsupported' as const, 'failed' as const),
        says: text,
      }),
    ),
  }),
);

/** Words of SQL in any order: most of it is nonsense, some is not. */
const sql = fc
  .array(
    fc.oneof(
      {
        weight: 8,
        arbitrary: fc.constantFrom('SELECT', 'DROP', 'TABLE', 'a', ';', '(', ')', "'", '$$', '--', '\n'),
      },
      {
        weight: 4,
        arbitrary: fc.constantFrom('DO', 'BEGIN', 'END', 'EXECUTE', 'ALTER', 'ADD', 'NOT', 'NULL', ',', '1'),
      },
      { weight: 1, arbitrary: text },
    ),
    { maxLength: 30 },
  )
  .map((words) => words.join(' '));

describe('a check', () => {
  it('of a command passes with exit code 0 and with nothing else', async () => {
    const check: CheckPolicy = { ...usual, kind: 'command', run: 'x', installWithin: 1, outputLimit: 1 };
    await fc.assert(
      fc.asyncProperty(outcomes, async (outcome) => {
        const { runner, adapters } = aWorld();
        runner.script('x', outcome);

        const verdict = await look({ check, adapters });

        expect(verdict.kind === 'passed').toBe(outcome.kind === 'exited' && outcome.code === 0);
      }),
    );
  });

  it('on GitHub passes with one of that very name that passed, or is accepted', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(commitChecks, { maxLength: 5 }),
        fc.subarray(['neutral', 'skipped'] as const),
        async (checks, accepts) => {
          const { repository, adapters } = aWorld();
          const commit = repository.push('main');
          for (const one of checks) repository.setCheck(commit, one);
          const newest = checks.findLast(({ name }) => name === 'build');
          const good = ['passed', ...accepts];

          const check: CheckPolicy = { ...usual, kind: 'github', check: 'build', accepts };
          const verdict = await look({ check, adapters, subject: aSubject({ commit }) });

          expect(verdict.kind === 'passed').toBe(newest !== undefined && good.includes(newest.state));
          expect(verdict.says).not.toMatch(/[\n\r\u202e]/u);
        },
      ),
    );
  });

  it('of the image or its scan passes where every region says what it must', async () => {
    await fc.assert(
      fc.asyncProperty(images, images, async (one, two) => {
        const { adapters } = aWorld();
        const there: Record<string, ImageThere> = { [aRegion]: one, [aSecondRegion]: two };
        const sourceControl = Object.assign(adapters.sourceControl, { image: async () => there });
        const ask = (check: CheckPolicy) => look({ check, adapters: { ...adapters, sourceControl } });

        const image = await ask({ ...usual, kind: 'image' });
        const scan = await ask({ ...usual, kind: 'scan', most: { critical: 1 } });

        const all = [one, two];
        expect(image.kind === 'passed').toBe(
          all.every((of) => of.kind === 'present' && of.status === 'active' && of.revision === aCommit),
        );
        expect(scan.kind === 'passed').toBe(
          all.every(
            (of) =>
              of.kind === 'present' &&
              of.scan.kind === 'complete' &&
              of.scan.findings.critical + of.scan.unrated <= 1,
          ),
        );
      }),
    );
  });

  it('of migrations comes to something for any text, and to nothing good for what cannot be read', async () => {
    await fc.assert(
      fc.asyncProperty(sql, async (migration) => {
        const { repository, adapters } = aWorld();
        const liveCommit = repository.push('main');
        const commit = repository.push('main', { files: { 'm/1.sql': migration } });
        const check: CheckPolicy = { ...usual, kind: 'migrations-safe', files: 'm/*.sql' };

        const verdict = await look({ check, adapters, subject: aSubject({ commit, liveCommit }) });
        const { broken, hidden, unreadable } = await lookIntoSql(migration);

        const isGood = broken.length + hidden.length + unreadable.length === 0;
        expect(verdict.kind === 'passed').toBe(isGood);
      }),
      { numRuns: 300 },
    );
  });

  it('that waits has failed once its time is over, whatever it waits for', async () => {
    const check: CheckPolicy = { ...usual, kind: 'box', says: 'Told' };
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 120_000 }), async (waited) => {
        const { adapters, clock } = aWorld();

        const verdict = await look({ check, adapters, since: clock.now() - waited });

        expect(verdict.kind).toBe(waited < 60_000 ? 'waiting' : 'failed');
        if (verdict.kind === 'waiting') expect(verdict.lookAgainIn).toBeLessThanOrEqual(60_000 - waited);
      }),
    );
  });
});
