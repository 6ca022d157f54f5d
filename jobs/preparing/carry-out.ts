import { PREPARE_BELL } from '../../src/use-cases/prepare-bell.ts';
import type { Deed } from './act.ts';
import type { Context, Round } from './round.ts';

/** Another deployment is looked at again this often until it is done. Milliseconds. */
const OTHER_EVERY = 15_000;

/** Does what a round does. `conflict`: nothing, since something else happened at this very moment. */
export async function carryOut(
  context: Context,
  act: Deed,
  { name, situation: { version } }: Round,
): Promise<'done' | 'conflict'> {
  const { deployment } = context.input;
  switch (act.kind) {
    case 'tell': {
      const { what, events } = act;
      const told = await context.commit(name(what), [
        { kind: 'append', deployment, expect: version, events },
      ]);
      return told === 'conflict' ? 'conflict' : 'done';
    }
    case 'wait':
      await context.waitFor(PREPARE_BELL, act.until === null ? {} : { within: { until: act.until } });
      return 'done';
    case 'wait-in-line':
      await context.sleep(name('in line'), OTHER_EVERY);
      return 'done';
  }
}
