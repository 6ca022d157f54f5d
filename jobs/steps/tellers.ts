import type { DeploymentEvent } from '../../src/domain/events.ts';
import type { DeployInput } from '../deploy.ts';
import type { JobContext } from '../engine/engine.ts';
import { createTeller, type Tell } from '../trouble.ts';

/** One clock per region, whatever step of it does not get on. */
export function tellers(context: JobContext<DeployInput>): (region: string) => (step: string) => Tell {
  const { deployment } = context.input;
  const tellings = new Map<string, Tell>();
  let current = '';
  const inRegion = (region: string): Tell => {
    const telling =
      tellings.get(region) ??
      createTeller(context, async (name, reason) => {
        const event: DeploymentEvent = { type: 'blocked', step: current, reason };
        await context.commit(name, [{ kind: 'append', deployment, expect: 'any', events: [event] }]);
      });
    tellings.set(region, telling);
    return telling;
  };
  return (region) => (step) => {
    current = step;
    return inRegion(region);
  };
}
