import type { Settings } from './settings.ts';

/** Stands in for the health check command inside the container: the sandbox asks, the service answers. */
export function answerHealthQuestions(settings: Settings): void {
  const readyAt = Date.now() + settings.startMs;
  process.on('message', () => {
    const healthy = Date.now() >= readyAt && settings.behaviour !== 'unhealthy';
    process.send?.({ healthy });
  });
}
