import type { Settings } from './settings.ts';

/** The health check command inside the container: good once the application had its time to start. */
export function healthCheck({ startMs, behaviour }: Settings): () => boolean {
  const readyAt = Date.now() + startMs;
  return () => Date.now() >= readyAt && behaviour !== 'unhealthy';
}
