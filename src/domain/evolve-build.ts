import type { BuildState } from './build.ts';
import type { BuildEvent } from './build-event.ts';
import type { Deployment } from './deployment.ts';
import type { RecordedEvent } from './events.ts';

/** The part of `evolve` about how the image of its release is made. */
export function buildChanged(state: Deployment, { at }: RecordedEvent, event: BuildEvent): Deployment {
  const { build, generation } = state;
  if (event.type === 'build-started') {
    const { correlation, workflow } = event;
    const attempt = build?.attempt ?? 1;
    const begun = { attempt, correlation, workflow, startedAt: at, jobs: [], state: 'running' } as const;
    return { ...state, build: { ...begun, jobs: [] }, phase: { kind: 'building' } };
  }
  if (build === undefined) return state;
  const known = commonOf(build);
  switch (event.type) {
    case 'build-progressed': {
      const { run, url = known.url, jobs } = event;
      const where = url === undefined ? {} : { url };
      return { ...state, build: { ...known, ...where, run, jobs, state: 'running' } };
    }
    case 'build-failed': {
      const { type: _failed, url = known.url, ...found } = event;
      const where = url === undefined ? {} : { url };
      return {
        ...state,
        build: { ...known, ...where, ...found, state: 'failed', endedAt: at },
        generation: generation + 1,
      };
    }
    case 'build-retried': {
      const { run: _ofBefore, url: _address, ...again } = known;
      const next = { ...again, attempt: known.attempt + 1, startedAt: at, jobs: [], state: 'to-do' } as const;
      return { ...state, build: { ...next, jobs: [] }, generation: generation + 1 };
    }
    case 'build-finished':
      return {
        ...state,
        build: { ...known, state: 'finished', detail: event.detail, endedAt: at },
        phase: { kind: 'checking' },
      };
  }
}

type Common = Pick<BuildState, 'attempt' | 'correlation' | 'workflow' | 'startedAt' | 'run' | 'url' | 'jobs'>;

function commonOf({ attempt, correlation, workflow, startedAt, run, url, jobs }: BuildState): Common {
  return {
    ...{ attempt, correlation, workflow, startedAt, jobs },
    ...(run === undefined ? {} : { run }),
    ...(url === undefined ? {} : { url }),
  };
}
