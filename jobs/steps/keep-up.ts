import type { Colour } from '../../src/domain/release.ts';
import type { Observation } from '../observe/observe.ts';
import { platformCall } from '../platform-call.ts';
import type { StepRun } from './step-run.ts';

/**
 * Gives the new colour as many tasks as the one it replaces, which auto scaling may have given more of since the new one was
 * started: it is to take all that traffic. One try, the next look tells whether it is enough.
 */
export async function keepUp(
  { context, world, target }: StepRun,
  { to, seen, name }: { to: Colour; seen: Observation; name: string },
): Promise<void> {
  const { wanted = 0, usual = 0 } = seen.seen.targets ?? {};
  if (wanted >= usual) return;
  await platformCall(
    context,
    `${name}: more tasks`,
    async ({ platform }, signal) => {
      await platform.scale(target, { on: to, desired: usual }, { signal });
      return null;
    },
    world,
  );
}
