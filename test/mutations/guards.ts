import type { Guard } from './guard.ts';
import { freezesAndLocks } from './guards/freezes-and-locks.ts';
import { home } from './guards/home.ts';
import { letStart } from './guards/let-start.ts';
import { permission } from './guards/permission.ts';
import { reload } from './guards/reload.ts';
import { schedules } from './guards/schedules.ts';
import { start } from './guards/start.ts';
import { substance } from './guards/substance.ts';
import { underWay } from './guards/under-way.ts';
import { votes } from './guards/votes.ts';
import { windows } from './guards/windows.ts';

/** By theme. */
export const guards: Readonly<Record<string, readonly Guard[]>> = {
  permission,
  votes,
  'what a vote is bound to': substance,
  start,
  'consent, emergency, review': letStart,
  windows,
  'freezes and locks': freezesAndLocks,
  'under way': underWay,
  schedules,
  'the policy, reloaded': reload,
  'Home and direct messages': home,
};
