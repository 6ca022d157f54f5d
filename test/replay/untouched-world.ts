import type { World } from '../../jobs/world.ts';

/** A world nobody may look at: a replay gets everything it needs from the journal. */
export function untouchedWorld(): World {
  return {
    policy: untouched('the policy'),
    store: untouched('the store'),
    platform: untouched('the platform'),
    sourceControl: untouched('source control'),
    clock: untouched('the clock'),
    metrics: untouched('the metrics'),
    deadMan: untouched('the dead-man switch'),
    codeHost: untouched('the code host'),
    runner: untouched('the runner of commands'),
    people: untouched('what Slack knows of people'),
    smokeProbe: () => {
      throw new Error('A replay used the smoke probe outside of an operation');
    },
  };
}

function untouched<Port extends object>(what: string): Port {
  return new Proxy<Port>(Object.create(null), {
    get(_, method) {
      throw new Error(`A replay used ${what} (${String(method)}) outside of an operation`);
    },
  });
}
