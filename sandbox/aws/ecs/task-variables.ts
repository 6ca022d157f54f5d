import type { Task } from './model.ts';

/** The environment of the main container: the image's, then the task definition's, then the task's own. */
export function taskVariables(
  task: Task,
  options: { port: number; startMs: number },
): Record<string, string> {
  const variables: Record<string, string> = {
    VERSION: task.image?.version ?? '',
    COMMIT: task.image?.commit ?? '',
    KIND: task.image?.kind ?? 'web',
    START_MS: String(options.startMs),
    ...(task.image?.banner !== undefined && { BANNER: task.image.banner }),
    ...(task.image?.behaviour !== undefined && { BEHAVIOUR: task.image.behaviour }),
  };
  for (const { name, value } of task.main.environment ?? []) variables[name] = value;
  const override = task.overrides.find(({ name }) => name === task.main.name);
  for (const { name, value } of override?.environment ?? []) {
    if (name !== undefined) variables[name] = value ?? '';
  }
  // The network decides the port, whatever the container would like.
  variables.PORT = String(options.port);
  return variables;
}
