import { keptStandbys } from '../../src/domain/standby.ts';
import type { Progress } from '../../src/domain/step-event.ts';
import { otherColour } from '../../src/domain/traffic.ts';
import { enoughOf } from '../../src/domain/where-to.ts';
import type { JobContext } from '../engine/engine.ts';
import { requireState } from '../require-state.ts';
import type { RestoreRegionInput } from '../restore-region.ts';
import { readAgain, type Tell } from '../trouble.ts';
import type { World } from '../world.ts';
import { disarm } from './disarm.ts';
import type { Return } from './keep-returning.ts';
import { colourOf } from './look.ts';
import { answersTold, publicAnswers } from './public-answers.ts';
import { retire } from './retire.ts';
import { returnAtLast } from './return-at-last.ts';
import { watchReturned } from './watch-returned.ts';

type InColours = RestoreRegionInput & { colours: NonNullable<RestoreRegionInput['colours']> };
type Telling = {
  progress(name: string, progress: Progress): Promise<void>;
  tell: Tell;
};

/**
 * Puts a region in colours back: traffic first, then the proof, and only then is anything scaled down. */
export async function putBackInColours(
  context: JobContext<RestoreRegionInput>,
  input: InColours,
  telling: Telling,
  world: World,
): Promise<void> {
  const { deployment, part, colours } = input;
  const { region } = part.target;
  const request = { ...returnOf(input), ...telling, prefix: '' };
  await returnAtLast(context, request, world);
  await disarm(context, request, world);
  const read = () => movedIn(deployment, region, world);
  const moved = await context.operation('has traffic moved?', read, { retry: readAgain });
  const proof = moved.hasMoved ? await prove(context, { ...request, ...colours }, world) : [];
  await retire(context, { ...request, on: otherColour(request.to) }, world);
  const detail = [...wordsOf(input, moved.tookMs), ...proof].join('; ');
  await context.commit('restored', [
    {
      ...({ kind: 'append', deployment, expect: 'any' } as const),
      events: [
        { type: 'restored', region, detail },
        ...(moved.isKept
          ? [{ type: 'standby-ended', region, reason: 'it has the traffic again' } as const]
          : []),
      ],
    },
  ]);
}

function returnOf({ deployment, part, colours }: InColours): Return {
  const { target, on, revision, version, digest } = part;
  const to = colourOf(on, `What is put back in ${target.region}`);
  const { desired } = colours;
  return { deployment, target, to, revision, version, digest, needs: enoughOf(desired), desired };
}

type Request = Return & Telling & { prefix: string };

/** Whether this deployment ever meant to move the region's traffic, how long it took to bring it back, and what it kept warm. */
async function movedIn(
  number: number,
  region: string,
  { store }: World,
): Promise<{ hasMoved: boolean; tookMs: number | null; isKept: boolean }> {
  const state = await requireState(number, store);
  const traffic = state.traffic[region];
  const isKept = keptStandbys(state).some((kept) => kept.region === region);
  return { hasMoved: traffic !== undefined, tookMs: traffic?.took ?? null, isKept };
}

/** What people are told of the release that is back; what is wrong with it is said, there is none left to go to. */
async function prove(
  context: JobContext,
  request: Request & InColours['colours'],
  world: World,
): Promise<string[]> {
  const { smoke, version, target, tell, watchSeconds } = request;
  const words: string[] = [];
  if (smoke !== null) {
    const answers = await publicAnswers(context, { name: 'ask the public address', smoke }, world);
    const inARow = answers.kind === 'passed' ? answers.inARow : 0;
    if (inARow > 0) words.push(answersTold(smoke, version, inARow));
    if (answers.kind === 'failed') {
      const reason = `${version} has all traffic in ${target.region} again, but its public address does not answer as expected: ${answers.reason}`;
      await tell('public address', reason);
      words.push(reason);
    }
  }
  words.push(await watchReturned(context, { ...request, seconds: watchSeconds }, world));
  return words;
}

function wordsOf({ part, colours }: InColours, tookMs: number | null): string[] {
  const { version, on } = part;
  if (tookMs === null) return [`all traffic is on ${version} (${on})`];
  const seconds = (tookMs / 1000).toFixed(1);
  return [`0 % on ${colours.takenBack}, confirmed after ${seconds} s; all traffic is on ${version} (${on})`];
}
