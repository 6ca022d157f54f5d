import { z } from 'zod';

/** What vitest's JSON reporter says, as far as it is read here. */
export const Report = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().default(''),
      assertionResults: z.array(
        z.object({
          fullName: z.string(),
          status: z.string(),
          failureMessages: z.array(z.string()).default([]),
        }),
      ),
    }),
  ),
});
export type Report = z.infer<typeof Report>;

/** What became of a guard's tests without it. `broken`: the mutant proves nothing, since what is left is no program. */
export type Verdict =
  | { kind: 'killed'; by: string }
  | { kind: 'survived' }
  | { kind: 'broken'; why: string }
  | { kind: 'does not apply'; why: string };

/** Thrown by code that cannot run, not by a test that found something out. */
const NO_PROGRAM = /^(?:SyntaxError|ReferenceError|TypeError)\b|Transform failed|Parse (?:failure|error)/u;
const TIMED_OUT = /^(?:Error: )?(?:Test|Hook) timed out/u;

/** `report` undefined: the run came to no end. */
export function verdictOf(report: Report | undefined): Verdict {
  if (report === undefined) return { kind: 'broken', why: 'its tests did not come to an end' };
  const failed = report.testResults.flatMap(({ assertionResults }) =>
    assertionResults.filter(({ status }) => status === 'failed'),
  );
  const telling = failed.find(({ failureMessages }) => failureMessages.some(isTelling));
  if (telling !== undefined) return { kind: 'killed', by: telling.fullName };
  const [first] = failed;
  if (first !== undefined) return { kind: 'broken', why: firstLine(first.failureMessages[0] ?? '') };
  const unloaded = report.testResults.find(({ status }) => status === 'failed');
  if (unloaded !== undefined) return { kind: 'broken', why: firstLine(unloaded.message) };
  return { kind: 'survived' };
}

function isTelling(message: string): boolean {
  return !NO_PROGRAM.test(message) && !TIMED_OUT.test(message);
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? '';
}
