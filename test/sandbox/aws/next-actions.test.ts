import { describe, expect, it } from 'vitest';
import { nextActions, type ServiceView, type TaskView } from '../../../sandbox/aws/ecs/next-actions.ts';

type Entry = ServiceView['deployments'][number];
const next: Entry = {
  id: 'new',
  status: 'PRIMARY',
  desiredCount: 2,
  rolloutState: 'IN_PROGRESS',
  mayStart: true,
};
const old: Entry = {
  id: 'old',
  status: 'ACTIVE',
  desiredCount: 2,
  rolloutState: 'COMPLETED',
  mayStart: true,
};
const oldTasks = [task('o1', 'old', 'ready'), task('o2', 'old', 'ready')];

describe('the scheduler', () => {
  it('starts the new tasks beside the old ones', () => {
    const actions = nextActions(service({ tasks: oldTasks }));

    expect(actions).toEqual({ start: [{ deployment: 'new', count: 2 }], stop: [] });
  });

  it('starts no more than the maximum percent allows', () => {
    const actions = nextActions(service({ tasks: oldTasks, maximumPercent: 150 }));

    expect(actions.start).toEqual([{ deployment: 'new', count: 1 }]);
  });

  it('stops one old task for each new one that serves', () => {
    const tasks = [...oldTasks, task('n1', 'new', 'ready'), task('n2', 'new', 'starting')];

    expect(nextActions(service({ tasks })).stop).toEqual([{ task: 'o1', why: 'old' }]);
  });

  it('stops an old task that serves nobody at once', () => {
    const tasks = [task('o1', 'old', 'ready'), task('o2', 'old', 'starting')];

    expect(nextActions(service({ tasks })).stop).toEqual([{ task: 'o2', why: 'old' }]);
  });

  it('stops old tasks early where the minimum percent permits', () => {
    const actions = nextActions(service({ tasks: oldTasks, minimumHealthyPercent: 50 }));

    expect(actions.stop).toEqual([{ task: 'o1', why: 'old' }]);
  });

  it('replaces a failing task', () => {
    const tasks = [task('n1', 'new', 'failing'), task('n2', 'new', 'ready')];

    expect(nextActions(service({ deployments: [next], tasks }))).toEqual({
      start: [{ deployment: 'new', count: 1 }],
      stop: [{ task: 'n1', why: 'failing' }],
    });
  });

  it('starts nothing while a deployment waits after a failure', () => {
    const deployments = [{ ...next, mayStart: false }];

    expect(nextActions(service({ deployments, tasks: [] })).start).toEqual([]);
  });

  it('neither starts tasks of a failed deployment nor takes old ones away for it', () => {
    const deployments: Entry[] = [{ ...next, rolloutState: 'FAILED' }, old];
    const tasks = [...oldTasks, task('n1', 'new', 'ready')];

    expect(nextActions(service({ deployments, tasks }))).toEqual({ start: [], stop: [] });
  });

  it('keeps the old release whole after the new one failed', () => {
    const deployments: Entry[] = [{ ...next, rolloutState: 'FAILED' }, old];

    expect(nextActions(service({ deployments, tasks: [task('o1', 'old', 'ready')] })).start).toEqual([
      { deployment: 'old', count: 1 },
    ]);
  });

  it('stops surplus tasks, those that are still starting first', () => {
    const deployments = [{ ...next, desiredCount: 1 }];
    const tasks = [task('n1', 'new', 'ready'), task('n2', 'new', 'starting')];

    expect(nextActions(service({ deployments, tasks, desiredCount: 1 })).stop).toEqual([
      { task: 'n2', why: 'surplus' },
    ]);
  });
});

function task(id: string, deployment: string, state: TaskView['state']): TaskView {
  return { id, deployment, state };
}

function service(view: Partial<ServiceView>): ServiceView {
  const deployments = [next, old];
  return {
    desiredCount: 2,
    minimumHealthyPercent: 100,
    maximumPercent: 200,
    deployments,
    tasks: [],
    ...view,
  };
}
