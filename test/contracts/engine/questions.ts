import { describe, expect, it } from 'vitest';
import { AbortRequested, type Job, OperationFailed, type Question } from '../../../jobs/engine/engine.ts';
import { eventually } from '../../eventually.ts';
import { type Opened, untilRun, type World } from '../engine.ts';

const aMinute = 60_000;

/** An operation whose outcome is unknown and must not be guessed: what people are asked, until when, and what then. */
export function questionContract(world: () => World): void {
  describe('a question about an unknown outcome', () => {
    it('is not asked while the first attempt is under way', async () => {
      const { engine } = world().open();
      const asked = createAsked({ otherwise: 'failed' });
      engine.define('job', 1, asked.job);
      await engine.start();
      await engine.run('job', null, { id: 'r' });
      await eventually(() => asked.begun === 1);
      await world().clock.advance(2 * aMinute);

      expect(engine.questions()).toEqual([]);
      expect((await engine.get('r'))?.status).toBe('active');
    });

    it('tells whoever asks what it is about, until when, and what counts then', async () => {
      const { life } = await lostAttempt(world());

      expect(life.engine.questions()).toEqual([
        {
          run: 'r',
          operation: 'migrate',
          answer: 'answer:0:1',
          deadline: world().clock.now() + aMinute,
          otherwise: 'failed',
          about: { words: 'Was it done?' },
        },
      ]);
      expect(world().questions).toEqual(life.engine.questions());
    });

    it('keeps its first deadline through restarts', async () => {
      const { life, asked } = await lostAttempt(world());
      const [first] = life.engine.questions();
      await world().clock.advance(40_000);
      await world().crash(life);
      const next = await reopened(world(), asked);
      await eventually(() => next.engine.questions().length === 1);

      expect(next.engine.questions()).toEqual([first]);

      await world().clock.advance(20_000);
      await untilRun(next.engine, 'r', 'done');
      expect(await outputOf(next)).toBe('NobodyAnswered');
    });

    it.each([
      ['failed', 'NobodyAnswered'],
      ['abort', 'aborted by nobody'],
    ] as const)('is answered with "%s" at the deadline and not earlier', async (otherwise, output) => {
      const { life } = await lostAttempt(world(), { otherwise });
      await world().clock.advance(aMinute - 1);
      const early = (await life.engine.get('r'))?.status;
      await world().clock.advance(1);

      await untilRun(life.engine, 'r', 'done');

      expect(early).toBe('active');
      expect(await outputOf(life)).toBe(output);
      expect(life.engine.questions()).toEqual([]);
    });

    it('whose deadline passed while nobody led gets the safe answer at once', async () => {
      const { life, asked } = await lostAttempt(world());
      await world().crash(life);
      await world().clock.advance(2 * aMinute);

      const next = await reopened(world(), asked);

      await untilRun(next.engine, 'r', 'done');
      expect(await outputOf(next)).toBe('NobodyAnswered');
    });

    it('that was answered while nobody led takes that answer, also past the deadline', async () => {
      const { life, asked } = await lostAttempt(world());
      await life.engine.signal('r', 'answer:0:1', { id: 'click', by: 'U1', value: { done: 'by hand' } });
      await world().crash(life);
      await world().clock.advance(2 * aMinute);

      const next = await reopened(world(), asked);

      await untilRun(next.engine, 'r', 'done');
      expect(await outputOf(next)).toBe('by hand');
    });

    it('takes the first answer: a second one, and what is no answer, change nothing', async () => {
      const { life, asked } = await lostAttempt(world());
      await life.engine.signal('r', 'answer:0:1', { id: '1', by: 'U1', value: 'done' });
      await life.engine.signal('r', 'answer:0:1', { id: '1', by: 'U1', value: 'redo' });
      await life.engine.signal('r', 'answer:0:1', { id: '2', by: 'U2', value: 'redo' });

      await untilRun(life.engine, 'r', 'done');

      expect(await outputOf(life)).toBe(null);
      expect(asked.begun).toBe(1);
    });

    it('takes "failed" as a failure that no retry mends', async () => {
      const { life } = await lostAttempt(world());
      await life.engine.signal('r', 'answer:0:1', { id: 'click', by: 'U1', value: 'failed' });

      await untilRun(life.engine, 'r', 'done');

      expect(await outputOf(life)).toBe('Fatal');
    });

    it('after "redo" has an attempt of its own, and when that is lost too a question of its own', async () => {
      const { life, asked } = await lostAttempt(world());
      await world().clock.advance(30_000);
      await life.engine.signal('r', 'answer:0:1', { id: 'click', by: 'U1', value: 'redo' });
      await eventually(() => asked.begun === 2);
      await world().crash(life);

      const next = await reopened(world(), asked);
      await eventually(() => next.engine.questions().length === 1);

      expect(next.engine.questions()).toMatchObject([
        { answer: 'answer:0:2', deadline: world().clock.now() + aMinute },
      ]);
    });

    it('ends with an abort of the run', async () => {
      const { life } = await lostAttempt(world());
      await life.engine.abort('r', 'U1', 'changed my mind');

      await untilRun(life.engine, 'r', 'done');

      expect(await outputOf(life)).toBe('aborted by U1');
      expect(life.engine.questions()).toEqual([]);
    });

    it('inside a shield does not end with an abort, and still has its deadline', async () => {
      const { life } = await lostAttempt(world(), { isShielded: true });
      await life.engine.abort('r', 'U1', 'changed my mind');
      await world().clock.advance(aMinute - 1);
      const early = life.engine.questions().length;
      await world().clock.advance(1);

      await untilRun(life.engine, 'r', 'done');

      expect(early).toBe(1);
      expect(await outputOf(life)).toBe('NobodyAnswered');
    });
  });
}

type Asked = { job: Job; begun: number };

type Options = { otherwise?: Question['otherwise']; isShielded?: boolean };

/** A job whose operation never reports by itself; it returns what became of it. */
function createAsked({ otherwise = 'failed', isShielded = false }: Options): Asked {
  const asked: Asked = {
    begun: 0,
    async job(context) {
      const migrate = () =>
        context.operation<string | undefined>(
          'migrate',
          async () => {
            asked.begun += 1;
            return new Promise(() => undefined);
          },
          { onUnknown: 'ask', question: { within: '1m', otherwise, about: { words: 'Was it done?' } } },
        );
      try {
        return (await (isShielded ? context.shield(migrate) : migrate())) ?? null;
      } catch (error) {
        if (error instanceof AbortRequested) return `aborted by ${error.by}`;
        return error instanceof OperationFailed ? error.errorName : 'another error';
      }
    },
  };
  return asked;
}

/** A process died while the operation was under way, and another one asks about it. */
export async function lostAttempt(
  world: World,
  options: Options = {},
): Promise<{ life: Opened; asked: Asked }> {
  const asked = createAsked(options);
  const first = world.open();
  first.engine.define('job', 1, asked.job);
  await first.engine.start();
  await first.engine.run('job', null, { id: 'r' });
  await eventually(() => asked.begun === 1);
  await world.crash(first);
  const life = await reopened(world, asked);
  await eventually(() => life.engine.questions().length === 1);
  return { life, asked };
}

async function reopened(world: World, { job }: Asked): Promise<Opened> {
  const life = world.open();
  life.engine.define('job', 1, job);
  await life.engine.start();
  return life;
}

export async function outputOf({ engine }: Opened): Promise<unknown> {
  return (await engine.get('r'))?.output;
}
