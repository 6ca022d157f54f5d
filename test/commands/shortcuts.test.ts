import { describe, expect, it } from 'vitest';
import { plainText } from '../../sandbox/plain-text.ts';
import type { Shortcut } from '../../src/ports/incoming.ts';
import { deskUnderWay } from './desks.ts';
import { TestDesk } from './front-desk.ts';

let count = 0;

function shortcut(
  callbackId: string,
  on?: Partial<NonNullable<Shortcut['on']>>,
  userId = 'U0MAYA',
): Shortcut {
  count += 1;
  const message = { channel: 'C0DEPLOYS', ts: '1.1', text: '', isOurs: true, ...on };
  return {
    ...{ kind: 'shortcut', id: `shortcut:${count}`, userId, receivedAt: 0, callbackId, triggerId: 'trigger' },
    ...(on === undefined ? {} : { on: message, channel: 'C0DEPLOYS' }),
  };
}

describe('the shortcut “Deploy…”', () => {
  it('opens the form that `/forge deploy` opens', async () => {
    const desk = new TestDesk();

    const answer = await desk.arrives(shortcut('deploy'));

    expect(answer.form?.blocks).toEqual((await desk.types('deploy')).form?.blocks);
  });

  it('is refused to guests', async () => {
    const answer = await new TestDesk().arrives(shortcut('deploy', undefined, 'U0GUEST'));

    expect([answer.form, answer.words]).toEqual([undefined, expect.stringContaining('Guests')]);
  });
});

describe('the shortcut “Roll back deployment”', () => {
  it.each([
    ['the message of a deployment', { post: '1' }],
    ['a copy of it', { post: '1~2' }],
    ['a line of its thread', { post: '1/7' }],
    ['what an approver was sent', { post: '1/7/U0SAM' }],
    ['a message that only says which it is about', { text: 'v1.1.0 is live on Public API in staging (#1)' }],
  ])('asks from what to what on %s', async (_what, on) => {
    const desk = new TestDesk();
    await desk.succeeded('v1.1.0');

    const { form } = await desk.arrives(shortcut('rollback', on));

    expect(form?.title.text).toBe('Roll back #1');
    expect(plainText(form?.blocks ?? []).join('\n')).toMatch(/from \*v1\.1\.0\* back to \*v1\.0\.0\*/u);
  });

  it('offers to abort what is still under way', async () => {
    const desk = await deskUnderWay();

    const { form } = await desk.arrives(shortcut('rollback', { post: '1' }));

    expect(form?.title.text).toBe('Abort #1');
  });

  it.each([
    ['somebody else’s message', { isOurs: false, post: '1', text: 'deployed (#1)' }, 'is not from Forge'],
    ['an announcement of Forge', { post: 'F3/soon/C0DEPLOYS', text: 'Frozen' }, 'not about one deployment'],
    ['a deployment there never was', { post: '77' }, '#77'],
  ])('says so on %s, and does nothing', async (_what, on, sentence) => {
    const desk = new TestDesk();
    await desk.succeeded('v1.1.0');

    const answer = await desk.arrives(shortcut('rollback', on));

    expect(answer.form).toBeUndefined();
    expect(answer.words).toContain(sentence);
    expect(await desk.store.nextNumber()).toBe(2);
  });
});

describe('a shortcut of another version', () => {
  it('does nothing and says what to do', async () => {
    const answer = await new TestDesk().arrives(shortcut('launch'));

    expect(answer.words).toContain('This shortcut belongs to another version of Forge');
  });
});
