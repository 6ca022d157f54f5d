import { afterEach, describe, expect, it } from 'vitest';
import { isBlocked } from '../../src/domain/deployment.ts';
import { acknowledge } from '../../src/use-cases/acknowledge.ts';
import { person } from './forge-world.ts';
import { createReturningWorld, type ReturningWorld } from './two-regions.ts';

const MINUTE = 60_000;

describe('people on duty', () => {
  let world: ReturningWorld;
  afterEach(() => world.close());

  const calls = () =>
    world.chat.kept.filter(({ threadTs, message }) => {
      return threadTs !== undefined && message.text.includes('<!subteam^S0ONCALL>');
    }).length;

  /** Traffic is to go back, and AWS does not let it. */
  const scenarios = {
    'a rollback does not get on': async () => {
      await world.deployed('v1.1.0');
      world.platform.break({ method: 'setTraffic', kind: 'unavailable' });
      await world.undo(1);
      return 2;
    },
    'a release cannot be put back': async () => {
      await world.ask('v1.1.0');
      await world.untilStep(1, 'eu-west-1/bake-100');
      world.platform.break({ method: 'setTraffic', kind: 'unavailable' });
      await world.abort(1);
      return 1;
    },
  };

  it.each(Object.entries(scenarios))(
    'are called every five minutes while %s, until one of them says to be on it',
    async (_name, arrange) => {
      world = createReturningWorld({ steps: [{ weight: 100, bake: 20_000 }] });
      await world.start();
      const number = await arrange();
      await world.until(async () => isBlocked(await world.deployment(number)));
      await world.clock.advance(5.5 * MINUTE);
      const called = calls();
      await acknowledge({ deployment: number }, person('U0SAM'), world.adapters);
      await world.clock.advance(5.5 * MINUTE);
      world.platform.mend();

      expect(called).toBe(2);
      expect(calls()).toBe(called);
    },
    60_000,
  );
});
