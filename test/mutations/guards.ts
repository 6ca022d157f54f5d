import type { Guard } from './guard.ts';
import { beforeTheStart } from './guards/before-the-start.ts';
import { imageBuild } from './guards/build.ts';
import { checks } from './guards/checks.ts';
import { ecsTask } from './guards/ecs-task.ts';
import { foreignText } from './guards/foreign-text.ts';
import { freezesAndLocks } from './guards/freezes-and-locks.ts';
import { githubReading } from './guards/github-reading.ts';
import { githubWriting } from './guards/github-writing.ts';
import { home } from './guards/home.ts';
import { imageChecks } from './guards/image.ts';
import { letStart } from './guards/let-start.ts';
import { merging } from './guards/merging.ts';
import { permission } from './guards/permission.ts';
import { records } from './guards/records.ts';
import { reload } from './guards/reload.ts';
import { runner } from './guards/runner.ts';
import { schedules } from './guards/schedules.ts';
import { shipping } from './guards/shipping.ts';
import { sql } from './guards/sql.ts';
import { start } from './guards/start.ts';
import { substance } from './guards/substance.ts';
import { triggers } from './guards/triggers.ts';
import { underWay } from './guards/under-way.ts';
import { votes } from './guards/votes.ts';
import { walls } from './guards/walls.ts';
import { webhooks } from './guards/webhooks.ts';
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
  webhooks,
  triggers,
  checks,
  'destructive SQL': sql,
  'image and scan': imageChecks,
  'checks before the start': beforeTheStart,
  'the image, made': imageBuild,
  runner,
  'walls around the runner': walls,
  'commands in a task of ECS': ecsTask,
  shipping,
  merging,
  'foreign text': foreignText,
  'what GitHub says': githubReading,
  'what is done on GitHub': githubWriting,
  'the record on GitHub': records,
};
