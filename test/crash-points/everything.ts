import { type Engine, Fatal, type JobContext } from '../../jobs/engine/engine.ts';
import { messageOf } from '../../src/domain/errors.ts';
import { aRequestedEvent } from '../builders.ts';
import { aborted, insist, type Workshop } from './workshop.ts';

/** Uses every operation a job has, and ends with what it learned. */
export function defineEverything(engine: Engine, workshop: Workshop): void {
  engine.define('everything', 1, async (context) => ({
    ...(await effects(context, workshop)),
    ...(await changes(context)),
    ...(await waits(context, workshop)),
    ...(await children(context)),
    ...(await pauses(context, workshop)),
  }));
}

/** Names that are only the same after a crash when the journal keeps time, chance and identifiers. */
async function effects(context: JobContext, { effect, witnessed, cloud }: Workshop) {
  const made = { now: await context.now(), random: await context.random(), uuid: await context.uuid() };
  const named = await context.operation('named', effect(context, 'named'), {
    idempotencyKey: JSON.stringify(made),
  });
  const flaky = await context.operation(
    'flaky',
    effect(context, 'flaky', async ({ attempt }) => {
      if (attempt < 3) throw new Error('not yet');
    }),
    { retry: { attempts: 20, backoff: 2, factor: 1 } },
  );
  const slow = await context.operation(
    'slow',
    effect(context, 'slow', async ({ attempt, signal }) => {
      if (attempt === 1) await aborted(signal);
    }),
    { within: 30, retry: { attempts: 20, backoff: 2 } },
  );
  const hopeless = await caught(
    context.operation(
      'hopeless',
      witnessed(context, 'hopeless', () => Promise.reject(new Fatal('never'))),
      { retry: { attempts: 5 } },
    ),
  );
  const onlyOnce = await context.operation('only once', effect(context, 'only once'), {
    onUnknown: 'reconcile',
    reconcile: async ({ idempotencyKey }) =>
      cloud.has(idempotencyKey) ? { done: true, value: 'only once is there' } : { done: false },
  });
  const asked = await context.operation('asked', effect(context, 'asked'), { onUnknown: 'ask' });
  return { named, flaky, slow, hopeless, onlyOnce, asked };
}

async function changes(context: JobContext) {
  const written = await context.commit('write', [
    { kind: 'append', deployment: 1, expect: 0, events: [aRequestedEvent(), { type: 'checking' }] },
    { kind: 'start-run', id: 'started', job: 'leaf', input: null, key: 'checkout/production' },
  ]);
  const refused = await context.commit('write again', [
    { kind: 'append', deployment: 1, expect: 0, events: [aRequestedEvent()] },
  ]);
  const ended = await context.commit('end', [
    { kind: 'append', deployment: 1, expect: 2, events: [{ type: 'refused', reason: 'a test' }] },
  ]);
  return { written, refused, ended };
}

async function waits(context: JobContext, { effect }: Workshop) {
  await context.sleep('a moment', 5);
  const early = await context.waitFor('early');
  const ringer = await context.spawn('ringer', { run: context.runId }, { delay: 5 });
  const late = await context.waitFor('late', { within: '1h' });
  const never = await context.waitFor('never', { within: 5 });
  const section = await context.shield(async () => {
    await context.sleep('a moment inside', 2);
    return context.operation('inside', effect(context, 'inside'));
  });
  return { early: shown(early), ringer, late: shown(late), never: never.kind, section };
}

async function children(context: JobContext) {
  const spawned = await context.spawn('leaf', null, { id: 'spawned', key: 'checkout/production' });
  const both = await context.runAll({
    left: { job: 'leaf', input: null },
    right: { job: 'leaf', input: null },
  });
  const failing = { good: { job: 'leaf', input: null }, bad: { job: 'failing leaf', input: null } };
  return { spawned, both, mixed: await caught(context.runAll(failing)) };
}

/** The resumer is started inside of the shield: outside, the paused run would not come to it. */
async function pauses(context: JobContext, { engine, effect }: Workshop) {
  const run = context.runId;
  const pause = () => insist(() => engine.pause(run, { paused: true, by: 'test' }));
  await context.shield(async () => {
    await context.operation('pause', effect(context, 'pause', pause));
    await context.spawn('resumer', { run }, { id: 'resumer', delay: 10 });
  });
  return { resumed: await context.operation('after the pause', effect(context, 'after the pause')) };
}

function shown(waited: Awaited<ReturnType<JobContext['waitFor']>>) {
  return waited.kind === 'timed-out' ? waited.kind : { value: waited.value, by: waited.by };
}

async function caught(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'nothing was thrown';
  } catch (error) {
    return messageOf(error);
  }
}
