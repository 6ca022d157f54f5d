import { describe, expect, it } from 'vitest';
import { aRequestedEvent } from '../builders.ts';
import { aCanary, baking, begun, goingBack, moved, ready } from '../views/canary.ts';
import { deskAfter } from './desks.ts';
import { buttonValue } from './form-reading.ts';
import type { TestDesk } from './front-desk.ts';

const plan = aCanary();

/** What the button of #1's message with this text carries now. */
async function pressable(desk: TestDesk, text: string): Promise<unknown> {
  return buttonValue((await desk.types('status #1')).blocks, text);
}

async function blockedDesk(): Promise<TestDesk> {
  return deskAfter([
    ...goingBack(plan, 25),
    { type: 'restore-blocked', region: 'us-east-1', reason: 'AWS does not answer' },
  ]);
}

describe('pause', () => {
  it.each(['pause #1', 'pause 1', '#1 PAUSE please'])('“%s” does it, with the reason', async (words) => {
    const desk = await deskAfter(baking(plan, 25));

    const answer = await desk.types(`${words} because sales ask for it`);

    expect(answer.words).toMatch(/^#1 is paused: .*`\/forge resume #1`.*Gates stay on/u);
    expect((await desk.store.deployment(1))?.paused).toMatchObject({ by: { userId: 'U0MAYA' } });
    expect((await desk.store.events(1)).at(-1)?.why).toBe('sales ask for it');
  });

  it('of what replaces its tasks one by one does not speak of gates', async () => {
    const desk = await deskAfter([aRequestedEvent({}), { type: 'started' }, ...begun('start/eu-west-1')]);

    expect((await desk.types('pause #1')).words).toMatch(
      /presses Resume\. A release that turns out bad is taken back all the same\.$/u,
    );
  });

  it('a second time says how to go on', async () => {
    const desk = await deskAfter([...baking(plan, 25), { type: 'paused' }]);

    expect((await desk.types('pause #1')).words).toMatch(/#1 is paused already.*`\/forge resume #1`/u);
  });

  it('by a button does it, and by an old one does nothing', async () => {
    const desk = await deskAfter(baking(plan, 25));
    const old = await pressable(desk, 'Pause');
    await desk.presses('pause', old);
    await desk.types('resume #1');

    const answer = await desk.presses('pause', old);

    expect(answer.words).toMatch(/Nothing was done: #1 is not what it was when you pressed/u);
    expect((await desk.store.deployment(1))?.paused).toBeUndefined();
  });

  it('of what is put back is refused', async () => {
    const desk = await blockedDesk();

    expect((await desk.types('pause #1')).words).toMatch(/#1 is being put back already/u);
  });
});

describe('resume', () => {
  it('ends a pause and says that the bake begins again', async () => {
    const desk = await deskAfter([...baking(plan, 25), { type: 'paused' }]);

    const answer = await desk.presses('resume', await pressable(desk, 'Resume'));

    expect(answer.words).toBe('#1 goes on with v1.1.0. The bake begins again.');
    expect((await desk.store.deployment(1))?.paused).toBeUndefined();
  });

  it('by a button of an earlier pause says that it is paused anew, not that it goes on', async () => {
    const desk = await deskAfter([...baking(plan, 25), { type: 'paused' }]);
    const old = await pressable(desk, 'Resume');
    await desk.happens(1, { type: 'unpaused' }, { type: 'paused' });

    expect((await desk.presses('resume', old)).words).toMatch(/#1 is not what it was when you pressed/u);
    expect((await desk.store.deployment(1))?.paused).toBeDefined();
  });
});

describe('skip', () => {
  it('by an approver ends the bake that goes on', async () => {
    const desk = await deskAfter(baking(plan, 25));

    const answer = await desk.types('skip #1 because it is urgent', 'U0SAM');

    expect(answer.words).toBe('#1 does not wait any longer and goes on. Automatic rollback stays on.');
    expect((await desk.store.deployment(1))?.skipped).toEqual(['us-east-1/bake-25']);
  });

  it('of what is paused says that it stays paused', async () => {
    const desk = await deskAfter([...baking(plan, 25), { type: 'paused' }]);

    const answer = await desk.types('skip #1', 'U0SAM');

    expect(answer.words).toMatch(/^#1 does not wait any longer at this step, but it is paused: .*resume #1/u);
    expect((await desk.store.deployment(1))?.paused).toBeDefined();
  });

  it('by a button that was shown for an earlier bake does not end the next one', async () => {
    const desk = await deskAfter(baking(plan, 25));
    const old = await pressable(desk, 'Skip this wait');
    await desk.happens(
      1,
      { type: 'step-finished', step: 'us-east-1/bake-25' },
      ...begun('us-east-1/shift-50'),
      ...moved(50),
      { type: 'step-finished', step: 'us-east-1/shift-50' },
      ...begun('us-east-1/bake-50'),
    );

    const answer = await desk.presses('skip', old, 'U0SAM');

    expect(answer.words).toMatch(/Nothing was done: the wait you meant is over/u);
    expect((await desk.store.deployment(1))?.skipped).toEqual([]);
  });

  it('where nothing is waited for is refused', async () => {
    const desk = await deskAfter(ready(plan));

    expect((await desk.types('skip #1', 'U0SAM')).words).toMatch(/nothing to skip now/u);
  });
});

describe('a word people use elsewhere', () => {
  it.each([
    ['hold #1', 'pause'],
    ['continue #1', 'resume'],
    ['acknowledge #1', 'ack'],
  ])('“%s” is answered with the one Forge knows', async (words, known) => {
    const desk = await deskAfter(baking(plan, 25));

    expect((await desk.types(words)).words).toContain(`Did you mean \`/forge ${known}\`?`);
  });
});

describe('ack', () => {
  it.each(['ack #1', 'ack 1'])('“%s” says that nobody is called again, and the way out', async (words) => {
    const desk = await blockedDesk();

    const answer = await desk.types(words);

    expect(answer.words).toMatch(/^You are on #1: nobody is called again\..*`\/forge takeover #1`/u);
    expect((await desk.store.deployment(1))?.acknowledgedBy).toMatchObject({ userId: 'U0MAYA' });
  });

  it('by its button, and a second person is told who is on it', async () => {
    const desk = await blockedDesk();
    const value = await pressable(desk, 'I am on it');
    await desk.presses('ack', value);

    expect((await desk.presses('ack', value, 'U0SAM')).text).toMatch(/<@U0MAYA> looks after #1 already/u);
  });

  it.each([
    ['while Forge gets on', baking(plan, 25), /#1 gets on by itself/u],
    ['after the end', [...baking(plan, 25), { type: 'succeeded' } as const], /nothing of #1 to look after/u],
  ])('%s is refused', async (_when, story, sentence) => {
    const desk = await deskAfter(story);

    expect((await desk.types('ack #1')).words).toMatch(sentence);
  });
});
