import type { CheckVerdict } from '../domain/check.ts';
import { coverageIn } from '../domain/coverage.ts';
import type { CommandOutcome } from '../ports/command-runner.ts';
import type { CheckOf, Look } from './check-look.ts';
import { tailOf } from './tail.ts';
import { lengthInWords, plain, quoted, shortCommit } from './words.ts';

/** What a shell says of a program that is not there. */
const NOT_FOUND = 127;

/** Runs the command in a clean checkout of the commit. Only when it ends by itself with 0 has it passed. */
export const lookAtCommand: Look<'command'> = async (policy, { service, commit }, { runner }, options) => {
  if (runner === undefined) {
    const says =
      'Commands of checks run nowhere yet: Forge has to be started again since its policy names a runner.';
    return { kind: 'unknown', says };
  }
  const { signal, attempt } = options;
  const outcome = await runner.run(
    {
      ...(attempt !== undefined && { attempt }),
      ...{ repository: service.repository, commit },
      ...(policy.install !== undefined && {
        install: { command: policy.install, within: policy.installWithin },
      }),
      ...{ command: policy.run, within: policy.within, outputLimit: policy.outputLimit },
    },
    { signal },
  );
  return verdictOf(outcome, { policy, commit });
};

type Context = { policy: CheckOf<'command'>; commit: string };

function verdictOf(outcome: CommandOutcome, context: Context): CheckVerdict {
  const { run, within } = context.policy;
  switch (outcome.kind) {
    case 'exited':
      if (outcome.code === 0) return { kind: 'passed', says: passedSentence(outcome) };
      return {
        kind: 'failed',
        says: exitSentence(run, outcome.code),
        ...shown(outcome.output.text, context),
      };
    case 'killed': {
      const says = `${quoted(run)} was ended by the system (${outcome.signal}), most often for want of memory. Try it again; if it happens again, give the machine it runs on more.`;
      return { kind: 'unknown', says, ...shown(outcome.output.text, context) };
    }
    case 'timed-out': {
      const says = `${quoted(run)} did not end within ${lengthInWords(within)}. Make it faster, or give it longer in the policy file.`;
      return { kind: 'failed', says, ...shown(outcome.output.text, context) };
    }
    case 'install-failed': {
      const says = `What ${quoted(run)} needs could not be installed, so it was not run: ${plain(outcome.reason)}`;
      return { kind: 'unknown', says, ...shown(outcome.output.text, context) };
    }
    case 'unavailable':
      return { kind: 'unknown', says: `${quoted(run)} was not run: ${plain(outcome.reason, 400)}` };
  }
}

function passedSentence({ tookMs, output }: Extract<CommandOutcome, { kind: 'exited' }>): string {
  const covered = coverageIn(output.text);
  const coverage = covered === undefined ? '' : ` Coverage: ${covered}.`;
  return `Passed in ${lengthInWords(tookMs)}.${coverage}`;
}

function exitSentence(run: string, code: number): string {
  if (code === NOT_FOUND) {
    return `${quoted(run)} could not be run to its end: a program it needs is not there (exit code ${code}).`;
  }
  return `${quoted(run)} found something wrong (exit code ${code}). Whoever made the change sees what in its output.`;
}

function shown(output: string, { policy, commit }: Context) {
  const tail = tailOf(output);
  const steps = [`git checkout ${shortCommit(commit)}`, ...[policy.install ?? []].flat(), policy.run];
  return { ...(tail.length > 0 && { tail }), more: { command: steps.join(' && ') } };
}
