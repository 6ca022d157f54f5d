/** `1 of 2 tasks`, `1 of 1 task`. */
export function ofTasks(done: number, of: number): string {
  return `${done} of ${of} ${of === 1 ? 'task' : 'tasks'}`;
}
