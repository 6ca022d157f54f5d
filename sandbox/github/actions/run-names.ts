import { dirname } from 'node:path';
import type { Run } from '../parts.ts';
import { filledIn, type Names } from './expressions.ts';
import type { Workflow } from './workflow.ts';

/** What the expressions of a run may name. */
export function namesOf(run: Run, { env }: Workflow, serverUrl: string): Names {
  const github = {
    ...{
      repository: run.repository,
      sha: run.sha,
      ref: run.ref,
      actor: run.actor,
      workflow: run.workflow.name,
    },
    ...{ event_name: run.event, server_url: serverUrl },
    ref_name: run.ref.replace(/^refs\/(heads|tags|pull)\//, ''),
    run_id: String(run.id),
    run_number: String(run.number),
  };
  return withEnvironment({ inputs: run.inputs, env: {}, github }, env);
}

/** With further variables, whose values may name what is known before them. */
export function withEnvironment(names: Names, more: Readonly<Record<string, string>>): Names {
  const filled = Object.entries(more).map(([name, value]) => [name, filledIn(value, names)]);
  return { ...names, env: { ...names.env, ...Object.fromEntries(filled) } };
}

/** The variables of every step: nothing of the sandbox's own but where programs are. */
export function environmentOf({ github, env }: Names): Record<string, string> {
  return {
    PATH: `${dirname(process.execPath)}:${process.env.PATH ?? '/usr/bin:/bin'}`,
    LANG: 'C.UTF-8',
    CI: 'true',
    GIT_CONFIG_NOSYSTEM: '1',
    // What a package manager would ask the network for besides packages.
    NO_UPDATE_NOTIFIER: '1',
    npm_config_audit: 'false',
    npm_config_fund: 'false',
    GITHUB_ACTIONS: 'true',
    GITHUB_REPOSITORY: github.repository ?? '',
    GITHUB_SHA: github.sha ?? '',
    GITHUB_REF: github.ref ?? '',
    GITHUB_ACTOR: github.actor ?? '',
    GITHUB_EVENT_NAME: github.event_name ?? '',
    GITHUB_RUN_ID: github.run_id ?? '',
    ...env,
  };
}
