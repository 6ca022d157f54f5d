import type { KnownBlock, SectionBlock } from '@slack/types';
import type { BuildJob, BuildState } from '../src/domain/build.ts';
import type { CheckState, Deployment } from '../src/domain/deployment.ts';
import { isFinished } from '../src/domain/deployment.ts';
import { failedCheck } from '../src/domain/failed-before-start.ts';
import { button, section } from './blocks.ts';
import { type ChecklistItem, item, type Said } from './checklist-item.ts';
import { isAborting, who } from './deployment-words.ts';
import { linkTo, moreTold } from './more-told.ts';
import { duration, moment, oneLine, quoted, sentence } from './text.ts';

/** The checks of the policy as things to tick off, in plain text. `now` in milliseconds since the epoch. */
export function checkItems(deployment: Deployment, now: number): ChecklistItem[] {
  const isOver = isFinished(deployment);
  return deployment.checkStates.map((check, index) =>
    item(`check/${index}`, {
      title: oneLine(check.name) === '' ? 'A check' : check.name,
      ...checkSaid(check, { now, isOver }),
    }),
  );
}

function checkSaid(
  check: CheckState,
  { now, isOver }: { now: number; isOver: boolean },
): Omit<Said, 'title'> {
  switch (check.state) {
    case 'to-do':
      return { state: isOver ? 'not-done' : 'to-do' };
    case 'running': {
      if (isOver) return { state: 'stopped', detail: check.says };
      return { state: 'now', more: duration((now - check.startedAt) / 1000), detail: check.says };
    }
    case 'passed':
      return { state: 'done', more: tookOf(check), detail: check.detail };
    case 'failed':
      return { state: 'failed', more: tookOf(check), detail: check.says };
    case 'unknown':
      return { state: 'failed', more: 'nobody can tell', detail: check.says };
    case 'overridden':
      return { state: 'done', more: 'overridden', detail: check.says };
    case 'ticked':
      return { state: 'done', more: 'confirmed' };
  }
}

function tookOf({ startedAt, endedAt }: { startedAt: number; endedAt: number }): string {
  return duration((endedAt - startedAt) / 1000);
}

/** The making of the image, with the jobs of the workflow; none where it was there. */
export function buildItems({ build, ...deployment }: Deployment, now: number): ChecklistItem[] {
  if (build === undefined) return [];
  const isOver = isFinished(deployment);
  return [item('build', { title: 'Build the image', ...buildSaid(build, { now, isOver }) })];
}

function buildSaid(
  build: BuildState,
  { now, isOver }: { now: number; isOver: boolean },
): Omit<Said, 'title'> {
  const jobs = build.jobs.map(jobLine).join('\n');
  switch (build.state) {
    case 'to-do':
      return { state: isOver ? 'not-done' : 'now', more: `attempt ${build.attempt}` };
    case 'running': {
      if (isOver) return { state: 'stopped', detail: jobs };
      const more = duration((now - build.startedAt) / 1000);
      return { state: 'now', more, detail: build.run === undefined ? 'GitHub has not begun yet' : jobs };
    }
    case 'failed':
      return { state: 'failed', more: tookOf(build), detail: [build.says, jobs].join('\n') };
    case 'finished':
      return { state: 'done', more: tookOf(build), detail: build.detail };
  }
}

/** `Image: Push, 3 of 5 steps`. */
function jobLine({ name, state, step, done, of }: BuildJob): string {
  switch (state) {
    case 'queued':
      return `${name}: waits for its turn`;
    case 'running':
      return `${name}: ${step === undefined ? '' : `${step}, `}${done} of ${of} steps`;
    case 'failed':
      return `${name}: failed${step === undefined ? '' : ` at ${step}`}`;
    case 'passed':
    case 'cancelled':
    case 'skipped':
      return `${name}: ${state}`;
  }
}

/** What failed before the start and what people can do about it, and the boxes that are open. In the message, above its buttons. */
export function checkBlocks(deployment: Deployment): KnownBlock[] {
  if (isFinished(deployment) || deployment.startedAt !== undefined || isAborting(deployment)) return [];
  return [
    ...failureBlocks(deployment),
    ...buildBlocks(deployment),
    ...overrides(deployment),
    ...boxes(deployment),
  ];
}

function failureBlocks(deployment: Deployment): KnownBlock[] {
  const failed = failedCheck(deployment);
  if (failed === undefined) return [];
  const { name, says, more, deadline, state, override, tail } = failed;
  const what = state === 'failed' ? 'did not pass' : 'could not be told';
  const output = tail === undefined || tail.length === 0 ? '' : ' Its last lines are in the thread.';
  const whose =
    override === undefined
      ? ''
      : ` Somebody who is ${quoted(override.replaceAll('-', ' '), 60)} may override it, with a reason.`;
  return [
    section(
      `:x: *${quoted(name, 200)} ${what}:* ${sentence(quoted(says, 1200))}${output}${moreTold(more)}\nNothing is changed. Mend it and retry, or it is not started after ${moment(deadline)}.${whose}`,
    ),
  ];
}

function buildBlocks({ build }: Deployment): KnownBlock[] {
  if (build === undefined) return [];
  const link = linkTo(build.url, 'the run on GitHub');
  if (build.state === 'running' && link !== '')
    return [section(`:hammer_and_wrench: The image is being made: ${link}.`)];
  if (build.state !== 'failed') return [];
  const where = link === '' ? '' : ` See ${link}.`;
  const output = build.tail === undefined ? '' : ' Its last lines are in the thread.';
  return [
    section(
      `:x: *The image was not made:* ${sentence(quoted(build.says, 1200))}${output}${where}\nNothing is changed. Mend it and retry, or it is not started after ${moment(build.deadline)}.`,
    ),
  ];
}

/** What was passed over by a person's word stays in sight of those who approve it. */
function overrides({ checkStates }: Deployment): KnownBlock[] {
  return checkStates.flatMap((check) =>
    check.state === 'overridden'
      ? [
          section(
            `:warning: ${who(check.by)} overrode *${quoted(check.name, 200)}*: ${sentence(quoted(check.why ?? '', 600))}`,
          ),
        ]
      : [],
  );
}

/** A box each on a line of its own, with its button, so that it reads well on a narrow screen. */
function boxes({ number, checkStates }: Deployment): SectionBlock[] {
  return checkStates.flatMap((check) => {
    if (check.box === undefined || check.state === 'ticked') return [];
    const { says, by } = check.box;
    const whose = by === undefined ? '' : ` (${quoted(by.replaceAll('-', ' '), 60)})`;
    const value = { deployment: number, box: check.name, of: check.of };
    return [
      {
        ...section(`:white_medium_square: ${quoted(says, 600)}${whose}`),
        accessory: button({ command: 'tick', text: 'Confirm', value }),
      },
    ];
  });
}
