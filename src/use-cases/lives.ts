import type { ServicePolicy } from '../domain/policy.ts';
import type { Live } from '../domain/release.ts';
import type { Platform } from '../ports/platform.ts';

/** What is live in every region of a service in an environment, asked side by side. Errors as `Platform.live`. */
export async function livesOf(
  platform: Platform,
  service: ServicePolicy,
  environment: string,
  options: { signal: AbortSignal },
): Promise<Record<string, Live>> {
  const runs = service.runs[environment] ?? [];
  const lives = await Promise.all(
    runs.map(async ({ region }) => {
      const live = await platform.live({ service: service.name, environment, region }, options);
      return [region, live] as const;
    }),
  );
  return Object.fromEntries(lives);
}
