import { describe, expect, it } from 'vitest';
import { deskUnderWay, seenNow } from './desks.ts';
import { buttonValue } from './form-reading.ts';
import { TestDesk } from './front-desk.ts';

const HOSTILE = 'Nobody knows whether <!channel> *it* & `that` happened';

async function asked(): Promise<TestDesk> {
  const desk = await deskUnderWay();
  await desk.happens(1, {
    type: 'held',
    question: HOSTILE,
    resumeMeans: 'Do it again runs it once more.',
    doneMeans: 'It happened goes on.',
    abortMeans: 'Abort puts v1.0.0 back.',
    deadline: desk.clock.now() + 60_000,
    via: { kind: 'signal', run: 'deploy/1', name: 'answer:0:1' },
  });
  return desk;
}

async function answers(desk: TestDesk): Promise<unknown[]> {
  const events = await desk.store.events(1);
  return events.flatMap(({ event }) => (event.type === 'resumed' ? [event.answer] : []));
}

describe('a question about an effect', () => {
  it.each([
    ['happened #1', 'happened'],
    ['resume #1', 'again'],
  ])('is answered by “%s”', async (words, answer) => {
    const desk = await asked();

    expect((await desk.types(words)).words).toBe('#1 goes on with v1.1.0.');
    expect(await answers(desk)).toEqual([answer]);
  });

  it.each([
    ['happened', 'happened'],
    ['resume', 'again'],
  ])('is answered by its button %s, once', async (button, answer) => {
    const desk = await asked();
    const value = await seenNow(desk);
    await desk.presses(button, value);

    const second = await desk.presses(button, value);

    expect(second.words).toBe(
      'Nothing was done: somebody has answered #1 already, and it goes on. Its message shows how.',
    );
    expect(await answers(desk)).toEqual([answer]);
  });

  it('is answered with an abort too', async () => {
    const desk = await asked();

    await desk.presses('abort', await seenNow(desk));

    expect(await desk.store.deployment(1)).toMatchObject({ abortRequestedBy: { userId: 'U0MAYA' } });
  });

  it('whose time is over is told what happens instead', async () => {
    const desk = await asked();
    await desk.clock.advance(60_000);

    const late = await desk.presses('happened', await seenNow(desk));

    expect(late.words).toBe(
      'Nothing was done: the time to answer #1 is over, and Forge aborts it. Its message shows how that goes.',
    );
    expect(await answers(desk)).toEqual([]);
  });

  it('is shown with all three answers to whoever aborts an older state', async () => {
    const desk = await asked();

    const answer = await desk.presses('abort', { ...(await seenNow(desk)), generation: 1 });

    for (const button of ['It happened', 'Do it again', 'Abort']) {
      expect(buttonValue(answer.blocks, button)).toEqual(await seenNow(desk));
    }
  });

  it('shows in the status as waiting for an answer', async () => {
    const desk = await asked();

    expect((await desk.types('status')).words).toContain('Waiting for an answer: v1.1.0 on Public API');
  });
});

describe('happened', () => {
  it.each([
    ['happened', /Which deployment\?.*`\/forge happened #142`/u],
    ['happened #9', /no deployment #9/u],
    ['happened #1', /#1 is not waiting for an answer/u],
  ])('“%s” is refused, with what next, when nothing is asked', async (words, sentence) => {
    const desk = new TestDesk();
    await desk.types('deploy staging');

    expect((await desk.types(words)).words).toMatch(sentence);
  });
});
