import { abort } from './abort.ts';
import { acknowledge } from './acknowledge.ts';
import { approve } from './approve.ts';
import { automatic } from './automatic.ts';
import type { AnyCommand } from './command.ts';
import { confirm } from './confirm.ts';
import { consent } from './consent.ts';
import { deploy } from './deploy.ts';
import { emergency } from './emergency.ts';
import { freeze } from './freeze.ts';
import { happened } from './happened.ts';
import { help } from './help.ts';
import { history } from './history.ts';
import { lock } from './lock.ts';
import { merge } from './merge.ts';
import { override } from './override.ts';
import { pause } from './pause.ts';
import { recheck } from './recheck.ts';
import { reject } from './reject.ts';
import { reload } from './reload.ts';
import { reschedule } from './reschedule.ts';
import { resume } from './resume.ts';
import { retry } from './retry.ts';
import { revert } from './revert.ts';
import { review } from './review.ts';
import { rollback } from './rollback.ts';
import { schedule } from './schedule.ts';
import { schedules } from './schedules.ts';
import { ship } from './ship.ts';
import { skip } from './skip.ts';
import { status } from './status.ts';
import { takeOver } from './take-over.ts';
import { tick } from './tick.ts';
import { unfreeze } from './unfreeze.ts';
import { unlock } from './unlock.ts';
import { unschedule } from './unschedule.ts';
import { unship } from './unship.ts';
import { when } from './when.ts';
import { whoami } from './whoami.ts';

/** Every command there is, in the order `help` lists them. Buttons and forms are found here by the same names. */
export const commands: Readonly<Record<string, AnyCommand>> = {
  deploy,
  schedule,
  schedules,
  reschedule,
  unschedule,
  confirm,
  ship,
  merge,
  recheck,
  unship,
  revert,
  retry,
  override,
  tick,
  approve,
  reject,
  consent,
  emergency,
  review,
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
  when,
  lock,
  unlock,
  freeze,
  unfreeze,
  automatic,
  reload,
  whoami,
  help,
};
