import { abort } from './abort.ts';
import { acknowledge } from './acknowledge.ts';
import type { AnyCommand } from './command.ts';
import { deploy } from './deploy.ts';
import { happened } from './happened.ts';
import { help } from './help.ts';
import { history } from './history.ts';
import { pause } from './pause.ts';
import { resume } from './resume.ts';
import { rollback } from './rollback.ts';
import { skip } from './skip.ts';
import { status } from './status.ts';
import { takeOver } from './take-over.ts';
import { whoami } from './whoami.ts';

/** Every command there is, in the order `help` lists them. Buttons and forms are found here by the same names. */
export const commands: Readonly<Record<string, AnyCommand>> = {
  deploy,
  status,
  rollback,
  abort,
  pause,
  resume,
  skip,
  happened,
  ack: acknowledge,
  takeover: takeOver,
  history,
  whoami,
  help,
};
