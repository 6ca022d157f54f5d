import { mayHaveActed } from '../../src/domain/deployment.ts';
import type { Step } from '../../src/domain/plan.ts';
import { Colour } from '../../src/domain/release.ts';
import { otherColour, type Split, splitTo, type TrafficRecord } from '../../src/domain/traffic.ts';
import { isAmong, type WhoseSplit, whoseSplit } from '../../src/domain/whose-split.ts';
import type { Traffic } from '../../src/ports/platform.ts';
import type { Observation } from '../observe/observe.ts';
import { plannedSplit, versionBefore } from '../observe/subject.ts';
import { readAgain } from '../trouble.ts';
import type { World } from '../world.ts';
import { ServiceReplaced, StepFailed, type StepRun } from './step-run.ts';
import { firedWords } from './under-gates.ts';

type Move = {
  step: Pick<Step, 'id' | 'region'>;
  /** The new colour. */
  to: Colour;
  split: Split;
  /** Tells several moves of one step apart. */
  round: number;
  /** What was seen right before. */
  seen: Observation;
  /** Foreign weights that people said to put Forge's own in place of. */
  over?: string;
};

type Moved =
  | { kind: 'confirmed' }
  /** The load balancer does not say so yet. */
  | { kind: 'pending' }
  | { kind: 'fired' | 'foreign' }
  /** Somebody intended something else since. */
  | { kind: 'overtaken' }
  /** The colour would get more than it has, and has no healthy target. */
  | { kind: 'unhealthy'; colour: Colour };

/** So often the load balancer is told the same before it counts as refusing it. */
const TRIES = 5;

/**
 * Moves traffic: notes what Forge wants, has the load balancer do it, and reads it back. `foreign`: somebody else moved it
 * meanwhile, and nothing was written over that. Throws `StepFailed` when a colour that is to get traffic has no healthy target
 * or the dead-man switch fired, `ServiceReplaced` when another deployment has moved it.
 */
export async function moveTraffic(run: StepRun, move: Move): Promise<'moved' | 'foreign'> {
  const { target } = run;
  const generation = await intend(run, move);
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const name = `round ${move.round}: move ${attempt}`;
    const moved = await run.settled<Moved>(name, (world, signal) =>
      moveOnce(run, { ...move, generation }, world, signal),
    );
    switch (moved.kind) {
      case 'confirmed':
        await confirm(run, move, generation);
        return 'moved';
      case 'pending':
        continue;
      case 'foreign':
        return 'foreign';
      case 'overtaken':
        throw await overtaken(run, `${move.step.id}: ${name}`);
      case 'unhealthy':
        throw new StepFailed(unhealthyWords(run, { isNew: moved.colour === move.to }));
      case 'fired': {
        const { region } = target;
        await run.record(`${name}: fired`, [{ type: 'switch-fired', region, to: otherColour(move.to) }]);
        throw new StepFailed(firedWords(run));
      }
    }
  }
  throw new StepFailed(
    `the load balancer in ${target.region} was told ${TRIES} times to move the traffic, and did not.`,
  );
}

/** From here on the weights count as Forge's own, whatever a crash leaves of the move. */
async function intend(run: StepRun, { step, to, split, seen, round }: Move): Promise<number> {
  const { context, deployment, target, plan } = run;
  const { region } = target;
  const before = seen.split ?? plannedSplit({ plan, target, to });
  const generation = seen.generation + 1;
  const isArmed = plan.steps.some(({ kind, region: of }) => kind === 'arm' && of === region);
  const result = await context.commit(`${step.id}: round ${round}: intend`, [
    {
      kind: 'append',
      deployment,
      expect: 'any',
      events: [{ type: 'traffic-intended', region, split, before, generation }],
    },
    {
      kind: 'intend-traffic',
      ...{ target, split, before, deployment, expectGeneration: seen.generation },
      ...(isArmed ? { safe: splitTo(otherColour(to), 100) } : {}),
    },
  ]);
  if (result === 'committed') return generation;
  throw await overtaken(run, `${step.id}: round ${round}`);
}

async function overtaken(run: StepRun, name: string): Promise<ServiceReplaced> {
  const { context, deployment, target, title, world } = run;
  const other = await context.operation(
    `${name}: see who moved it`,
    async () => (await world.store.traffic(target))?.deployment ?? null,
    { retry: readAgain },
  );
  const who = other === null || other === deployment ? 'a rollback' : `#${other}`;
  return new ServiceReplaced(`${who} has moved the traffic of ${title} in ${target.region} meanwhile.`);
}

async function confirm(
  { context, deployment, target }: StepRun,
  move: Move,
  generation: number,
): Promise<void> {
  const { region } = target;
  await context.commit(`${move.step.id}: round ${move.round}: confirm`, [
    {
      kind: 'append',
      deployment,
      expect: 'any',
      events: [{ type: 'traffic-confirmed', region, split: move.split, generation }],
    },
    { kind: 'confirm-traffic', target, generation },
  ]);
}

/** Looks before it writes: after a crash this may be done again much later. Errors as `Platform`. */
async function moveOnce(
  run: StepRun,
  move: Move & { generation: number },
  world: World,
  signal: AbortSignal,
): Promise<Moved> {
  const { platform, clock, policy } = world;
  const { target } = run;
  const until = clock.now() + policy.timing.observe;
  const seen = await platform.traffic(target, { signal });
  const against = await whatSpeaksAgainst(seen, { run, move, world });
  if (against !== undefined) return against;
  if (isAmong([move.split], seen.rules)) return { kind: 'confirmed' };
  await platform.setTraffic(target, move.split, { signal });
  for (;;) {
    if (isAmong([move.split], (await platform.traffic(target, { signal })).rules))
      return { kind: 'confirmed' };
    if (clock.now() >= until) return { kind: 'pending' };
    await clock.sleep(policy.timing.poll, signal);
  }
}

async function whatSpeaksAgainst(
  seen: Traffic,
  { run, move, world }: { run: StepRun; move: Move & { generation: number }; world: World },
): Promise<Moved | undefined> {
  const record = await world.store.traffic(run.target);
  if (record?.generation !== move.generation) return { kind: 'overtaken' };
  const state = await world.store.deployment(run.deployment);
  const isArmed = mayHaveActed(state?.switches[run.target.region]);
  const whose = whoseIs(seen, { run, move, record, isArmed });
  if (whose.kind === 'safe') return { kind: 'fired' };
  if (whose.kind === 'foreign' && whose.shown !== move.over) return { kind: 'foreign' };
  const colour = unhealthyIn(seen, move.split);
  return colour === undefined ? undefined : { kind: 'unhealthy', colour };
}

/** The colour that would get more traffic than it has, and has no healthy target. */
function unhealthyIn({ rules, targets }: Traffic, split: Split): Colour | undefined {
  return Colour.options.find((colour) => {
    const getsMore = rules.some((rule) => 'other' in rule.split || rule.split[colour] < split[colour]);
    return getsMore && split[colour] > 0 && targets[colour].healthy === 0;
  });
}

function unhealthyWords(run: StepRun, { isNew }: { isNew: boolean }): string {
  if (isNew) return `no task of ${run.release.version} is healthy any more, so it gets no traffic.`;
  return `no task of ${versionBefore(run)} is healthy, so it gets no traffic back.`;
}

function whoseIs(
  { rules }: Traffic,
  context: { run: StepRun; move: Move; record: TrafficRecord | undefined; isArmed: boolean },
): WhoseSplit {
  const { run, move, record, isArmed } = context;
  const { deployment, plan, target } = run;
  const planned = plannedSplit({ plan, target, to: move.to });
  return whoseSplit({ rules, record, deployment, planned, isArmed });
}
