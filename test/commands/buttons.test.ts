import { describe, expect, it } from 'vitest';
import { TestDesk } from './front-desk.ts';

describe('a button', () => {
  it.each([
    { what: 'of a command that is gone', action: 'teleport', value: '{}' },
    { what: 'named like something every object has', action: 'constructor', value: '{}' },
    { what: 'whose value is no JSON', action: 'abort', value: '{"deployment":' },
    { what: 'whose value is a bare number', action: 'abort', value: '1' },
    { what: 'whose value is of another kind', action: 'abort', value: '{"deployment":"one"}' },
    { what: 'with a field nobody knows', action: 'abort', value: '{"deployment":1,"force":true}' },
    {
      what: 'that says only half of what it was shown for',
      action: 'abort',
      value: '{"deployment":1,"generation":1}',
    },
    { what: 'of a rollback without a deployment', action: 'rollback', value: '{"why":"x"}' },
    { what: 'of a history with a broken page', action: 'history', value: '{"before":"x"}' },
  ])('$what does nothing and says what to do instead', async ({ action, value }) => {
    const desk = new TestDesk();
    await desk.types('deploy staging');

    const answer = await desk.presses(action, value);

    expect(answer.words).toBe(
      'This button belongs to another version of Forge, so nothing was done. Type the command instead; `/forge help` lists what you can type.',
    );
    expect((await desk.store.events(1)).map(({ event }) => event.type)).toEqual(['requested']);
  });

  it('of a deployment this Forge does not have says so', async () => {
    const desk = new TestDesk();

    const answer = await desk.presses('abort', { deployment: 77, generation: 1, digest: 'x' });

    expect(answer.words).toContain('There is no deployment #77.');
  });

  it('without a value asks what its command asks', async () => {
    const desk = new TestDesk();

    const { form } = await desk.presses('deploy', {});

    expect(form).toMatchObject({ callback_id: 'deploy' });
  });
});
