import type { Look } from './check-look.ts';
import { quoted } from './words.ts';

/** Milliseconds. Whoever ticks it is heard at once. */
const LOOK_AGAIN_IN = 3_600_000;

/** Only a person can say so: it waits until somebody has ticked it. */
export const lookAtBox: Look<'box'> = async ({ says, by }) => {
  const who = by === undefined ? 'somebody' : `somebody of ${by.replaceAll('-', ' ')}s`;
  return {
    kind: 'waiting',
    says: `It waits for ${who} to confirm: ${quoted(says)}`,
    lookAgainIn: LOOK_AGAIN_IN,
  };
};
