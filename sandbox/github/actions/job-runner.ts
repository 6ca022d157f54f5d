import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Job, Step } from '../parts.ts';
import { type ActionContext, actions, type Push } from './actions.ts';
import { filledIn, holds, type Names } from './expressions.ts';
import { runCommand } from './shell.ts';
import type { JobPlan, StepPlan } from './workflow.ts';

/** What a job is given. */
export type JobSettings = {
  plan: JobPlan;
  names: Names;
  /** Of all its steps. */
  environment: Record<string, string>;
  /** Where its folder is made. */
  folder: string;
  /** What its run's jobs hand on to each other. */
  artifacts: string;
  gitDirectory: string;
  publish(push: Push): readonly { digest: string }[];
  /** Its state has changed. */
  changed(): void;
};

/** Runs a job's steps in order in a folder of its own, which is removed afterwards. Never rejects: the job tells how it ended. */
export async function runJob(job: Job, settings: JobSettings, signal: AbortSignal): Promise<void> {
  job.status = 'in_progress';
  job.startedAt = Date.now();
  settings.changed();
  const timeout = AbortSignal.timeout(settings.plan['timeout-minutes'] * 60_000);
  const either = AbortSignal.any([signal, timeout]);
  let folder: string | undefined;
  try {
    folder = await mkdtemp(join(settings.folder, 'job-'));
    await runSteps(job, { ...settings, folder }, either);
  } catch (error) {
    print(job, `##[error]${error instanceof Error ? error.message : String(error)}`);
    job.conclusion = 'failure';
  }
  if (timeout.aborted) print(job, '##[error]The job has exceeded its maximum execution time.');
  for (const step of job.steps) {
    if (step.conclusion === null) conclude(step, either.aborted ? 'cancelled' : 'skipped');
  }
  conclude(job, either.aborted ? 'cancelled' : (job.conclusion ?? 'success'));
  settings.changed();
  if (folder !== undefined) await rm(folder, { recursive: true, force: true, maxRetries: 3 });
}

async function runSteps(job: Job, settings: JobSettings, signal: AbortSignal): Promise<void> {
  const workspace = join(settings.folder, 'work');
  const temporary = join(settings.folder, 'temp');
  await Promise.all([mkdir(workspace), mkdir(temporary)]);
  for (const [index, plan] of settings.plan.steps.entries()) {
    const step = job.steps[index];
    if (step === undefined || hasAborted(signal)) return;
    if (plan.if !== undefined && !holds(plan.if, settings.names)) {
      conclude(step, 'skipped');
      continue;
    }
    step.status = 'in_progress';
    step.startedAt = Date.now();
    settings.changed();
    const isGood = await runStep(plan, { job, settings, workspace, temporary }, signal);
    if (hasAborted(signal)) return;
    conclude(step, isGood ? 'success' : 'failure');
    settings.changed();
    if (isGood) continue;
    job.conclusion = 'failure';
    return;
  }
}

type Place = { job: Job; settings: JobSettings; workspace: string; temporary: string };

async function runStep(plan: StepPlan, place: Place, signal: AbortSignal): Promise<boolean> {
  const { job, settings, workspace, temporary } = place;
  const inStep = namesIn(plan, settings.names);
  const environment: Record<string, string> = {
    ...settings.environment,
    ...inStep.env,
    HOME: temporary,
    TMPDIR: temporary,
    GITHUB_WORKSPACE: workspace,
    RUNNER_TEMP: temporary,
  };
  const say = (line: string) => print(job, line);
  const run = (words: readonly [string, ...string[]]) =>
    runCommand({ words, folder: workspace, environment, print: say }, signal);
  try {
    if (plan.run !== undefined) return await runScript(filledIn(plan.run, inStep), { run, say, temporary });
    const action = actions[(plan.uses ?? '').split('@')[0] ?? ''];
    if (action === undefined) throw new Error(`This runner does not know the action ${plan.uses}`);
    say(`##[group]Run ${plan.uses}`);
    const inputs = Object.fromEntries(
      Object.entries(plan.with).map(([name, value]) => [name, filledIn(value, inStep)]),
    );
    const { gitDirectory, publish, artifacts } = settings;
    await action({ inputs, workspace, artifacts, run, say, names: inStep, gitDirectory, publish });
    return true;
  } catch (error) {
    if (!signal.aborted) say(`##[error]${error instanceof Error ? error.message : String(error)}`);
    return false;
  }
}

function namesIn(plan: StepPlan, names: Names): Names {
  const own = Object.entries(plan.env).map(([name, value]) => [name, filledIn(value, names)]);
  return { ...names, env: { ...names.env, ...Object.fromEntries(own) } };
}

async function runScript(
  script: string,
  { run, say, temporary }: Pick<ActionContext, 'run' | 'say'> & { temporary: string },
): Promise<boolean> {
  for (const [index, line] of script.trimEnd().split('\n').entries()) {
    say(index === 0 ? `##[group]Run ${line}` : line);
  }
  say('##[endgroup]');
  const file = join(temporary, 'script.sh');
  await writeFile(file, script);
  const code = await run(['bash', '-e', file]);
  if (code !== 0) say(`##[error]Process completed with exit code ${code}.`);
  return code === 0;
}

/** What a command says by `::error::` stands in the log as an error. */
function print(job: Job, line: string): void {
  job.log.push({ at: Date.now(), text: line.replace(/^::(error|warning|notice)[^:]*::/, '##[$1]') });
}

/** A function, because the signal changes while others wait. */
function hasAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}

/** A job or a step is over. */
function conclude(one: Job | Step, conclusion: NonNullable<Step['conclusion']>): void {
  one.status = 'completed';
  one.conclusion = conclusion;
  one.completedAt = Date.now();
}
