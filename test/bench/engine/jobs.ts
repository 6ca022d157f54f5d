import type { Engine } from '../../../jobs/engine/engine.ts';

/** Operations of one run of `ten`. */
export const TEN = 10;

type Told = {
  /** The body of an operation ran: `run/sequence`. */
  onEffect(operation: string): void;
  /** A waiting run heard a signal; `at` as of `performance.timeOrigin + performance.now()`. */
  onHeard(run: string): void;
};

/** The jobs that are measured. */
export function defineJobs(engine: Engine, told: Told): void {
  engine.define('ten', 1, async (context) => {
    for (let step = 0; step < TEN; step += 1) {
      await context.operation(`step ${step}`, async () => {
        told.onEffect(`${context.runId}/${step}`);
        return { step };
      });
    }
    return TEN;
  });

  engine.define('waiting', 1, async (context) => {
    await context.operation('before', async () => {
      told.onEffect(`${context.runId}/before`);
      return null;
    });
    for (let round = 1; ; round += 1) {
      const heard = await context.waitFor('go');
      told.onHeard(context.runId);
      if (heard.kind === 'signalled' && heard.value === 'end') return round;
    }
  });
}
