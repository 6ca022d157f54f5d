import type { EcsService } from './service.ts';
import { inWords } from './words.ts';

const telling = [/unable to/i, /failed .*health check/i, /is unhealthy/i, /deployment failed/i];

/** The newest thing ECS said about the present rollout that a person should know, in its words. */
export function newestTrouble(service: EcsService): string | undefined {
  const since = service.primary.createdAt;
  const trouble = service.events.find(
    (event) =>
      telling.some((pattern) => pattern.test(event.message)) &&
      (since === undefined || event.createdAt === undefined || event.createdAt >= since),
  );
  return trouble && withoutNames(trouble.message);
}

/** `(service api) (deployment ecs-svc/1) was unable to …` → `was unable to …`: the reader knows which service it is. */
function withoutNames(message: string): string {
  const plain = message
    .replace(/^\(service [^)]*\)\s*/, '')
    .replace(/^\((deployment|task|instance|port|taskSet) [^)]*\)\s*/, '');
  return inWords(plain).slice(0, 300);
}
