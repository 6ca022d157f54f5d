import { element } from '../dom/element.ts';
import type { Task } from '../service-model.ts';
import { versionName } from './versions.ts';

const STATES = ['waiting', 'pulling', 'starting', 'healthy', 'unhealthy', 'draining', 'stopping'];

/** One small square for each task; its form says the state, its tint the version, and its title both in words. */
export function drawTaskSquares(tasks: readonly Task[], tone: string): HTMLElement {
  const squares = tasks.map((task) => {
    const words = `${versionName(task)}, ${stateOf(task)}`;
    return element(
      'li',
      { 'data-key': task.id, class: `task-square ${tone} is-${stateOf(task)}`, title: words },
      [element('span', { class: 'for-screen-readers' }, [words])],
    );
  });
  return element('ul', { class: 'task-squares', 'aria-label': 'Tasks' }, squares);
}

/** "2 healthy · 1 starting", in the order of a task's life. */
export function taskWords(tasks: readonly Task[]): string {
  const counted = [...STATES, 'unknown'].map((state) => ({
    state,
    count: tasks.filter((task) => stateOf(task) === state).length,
  }));
  const words = counted.filter(({ count }) => count > 0).map(({ state, count }) => `${count} ${state}`);
  return words.join(' · ') || 'no tasks';
}

function stateOf({ state }: Task): string {
  return STATES.includes(state) ? state : 'unknown';
}
