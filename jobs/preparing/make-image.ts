import type { BuildStanding } from '../../src/domain/build-standing.ts';
import type { DeploymentEvent } from '../../src/domain/events.ts';
import { type Outcome, platformCall } from '../platform-call.ts';
import { requireState } from '../require-state.ts';
import { type ImageToMake, tell } from './act.ts';
import { afterPlanning } from './after-look.ts';
import { carryOut } from './carry-out.ts';
import { awaitImage, type BuildLook, failedBuild, watchRun } from './follow-build.ts';
import { type Image, imageOf } from './image-of.ts';
import { goOn, type Reached, type Turn, unanswered } from './look.ts';
import { note } from './note.ts';
import { type Replanned, replanWithImage } from './replan.ts';
import { type Context, type Round, refused } from './round.ts';
import type { Situation } from './situation.ts';
import { type RunStarted, startRun } from './start-run.ts';

type Making<Kind extends BuildStanding['kind']> = Extract<BuildStanding, { kind: Kind }>;

/**
 * The one thing that is next until the plan names an image: begins, has it made on the code host, follows that, and plans anew with
 * its digests.
 */
export async function makeImage(
  context: Context,
  build: ImageToMake,
  round: Round,
  reached: Reached,
): Promise<Turn> {
  switch (build.kind) {
    case 'to-start':
      return begin(context, build, round, reached);
    case 'running':
      return build.run === null
        ? have(context, build, round, reached)
        : follow(context, build, round, reached);
    case 'to-plan':
      return plan(context, round, reached);
  }
}

/** Somebody may have made it meanwhile: then there is nothing to make. */
async function begin(
  context: Context,
  { correlation, workflow }: Making<'to-start'>,
  round: Round,
  reached: Reached,
): Promise<Turn> {
  const { deployment: number } = context.input;
  const outcome = await platformCall<Image>(
    context,
    round.name('look for its image'),
    async (world, signal) => imageOf(await requireState(number, world.store), world, signal),
    reached.world,
  );
  if (outcome.kind !== 'done') return unanswered(context, outcome, round, reached);
  const image = outcome.value;
  switch (image.kind) {
    case 'there':
      return plan(context, round, reached);
    case 'wrong':
      return refused(`${image.says} Nothing was changed.`);
    case 'absent':
      return carryOut(
        context,
        tell('begin the build', { type: 'build-started', correlation, workflow }),
        round,
      );
  }
}

async function have(
  context: Context,
  build: Making<'running'>,
  round: Round,
  reached: Reached,
): Promise<Turn> {
  const { deployment: number } = context.input;
  const started = await context.operation<RunStarted>(
    round.name('have the image made'),
    ({ signal, unknown }) => startRun(number, { build, mayHaveBegun: unknown }, reached.world, signal),
  );
  return tellBuild(context, started.event, { build, round }, reached);
}

async function follow(
  context: Context,
  build: Making<'running'>,
  round: Round,
  reached: Reached,
): Promise<Turn> {
  const { deployment: number } = context.input;
  const look = (what: string, call: typeof watchRun): Promise<Outcome<BuildLook>> =>
    platformCall<BuildLook>(
      context,
      round.name(what),
      (world, signal) => call(number, build, world, signal),
      reached.world,
    );
  const watched = await look('watch the build', watchRun);
  if (watched.kind !== 'done') return silence(context, watched, { build, round }, reached);
  if (watched.value.kind === 'same') return tellBuild(context, undefined, { build, round }, reached);
  if (watched.value.kind === 'told')
    return tellBuild(context, watched.value.event, { build, round }, reached);
  const seen = await look('look for the image that was made', awaitImage);
  if (seen.kind !== 'done') return silence(context, seen, { build, round }, reached);
  const event = seen.value.kind === 'told' ? seen.value.event : undefined;
  return tellBuild(context, event, { build, round }, reached);
}

type Building = { build: Making<'running'>; round: Round };

/** The code host may be silent for as long as making it may take. */
async function silence(
  context: Context,
  outcome: Exclude<Outcome<never>, { kind: 'done' }>,
  { build, round }: Building,
  reached: Reached,
): Promise<Turn> {
  const isLate = round.situation.now - build.startedAt >= build.within;
  if (outcome.kind === 'silent' && !isLate) return unanswered(context, outcome, round, reached);
  const { deployment: number } = context.input;
  const event = await context.operation(round.name('until when the build may be mended'), () =>
    failedBuild(number, { says: outcome.reason }, reached.world),
  );
  return tellBuild(context, event, { build, round }, reached);
}

async function tellBuild(
  context: Context,
  event: DeploymentEvent | undefined,
  { build, round }: Building,
  { world }: Reached,
): Promise<Turn> {
  const isStill = ({ build: now }: Situation) =>
    now?.kind === 'running' && now.correlation === build.correlation;
  const events = event === undefined ? [] : [event];
  return note(context, { what: 'the build', events, isStill }, round, world);
}

/** The image is there: what people are asked about names it by its digests. */
async function plan(context: Context, round: Round, reached: Reached): Promise<Turn> {
  const { deployment: number } = context.input;
  const outcome = await platformCall<Replanned>(
    context,
    round.name('plan with its image'),
    (world, signal) => replanWithImage(number, world, signal),
    reached.world,
  );
  if (outcome.kind !== 'done') return unanswered(context, outcome, round, reached);
  const planned = outcome.value;
  const next =
    planned.kind === 'replanned' && planned.isToBeChecked === true
      ? tell('plan with it', { type: 'replanned', plan: planned.plan })
      : afterPlanning(round.situation, planned);
  return goOn(context, next, { round, isOfNow: false }, reached.world);
}
