import { describe, expect, it } from 'vitest';
import { ok } from './fake-sandbox.ts';
import { openWorkspace } from './workspace-page.ts';
import { useBrowserWorld } from './world.ts';

const world = useBrowserWorld();

describe('a command', () => {
  it('typed with Enter reaches Forge, and its private answer appears', async () => {
    world.sandbox.answers.set('/sandbox/command', ({ as, text }) => {
      world.sandbox.post('deploys', { text: `Heard \`${String(text)}\``, shownTo: String(as) });
      return ok({ acked: true, ms: 12 });
    });
    const { page, problems } = await openWorkspace(world);

    await page.getByLabel('Message #deploys').fill('/forge help');
    await page.keyboard.press('Enter');

    await page.getByText('Heard /forge help').waitFor();
    await page.getByText('Only visible to you').waitFor();
    expect(world.sandbox.sentTo('/sandbox/command')).toEqual([
      { as: 'U0MAYA', channel: 'deploys', text: '/forge help' },
    ]);
    expect(await page.getByLabel('Message #deploys').inputValue()).toBe('');
    expect(problems).toEqual([]);
  });

  it('that Forge did not hear stays on the line with the reason', async () => {
    world.sandbox.answers.set('/sandbox/command', () =>
      ok({ acked: false, error: 'Forge did not answer in 3 s.' }),
    );
    const { page } = await openWorkspace(world);

    await page.getByLabel('Message #deploys').fill('/forge status');
    await page.keyboard.press('Enter');

    await page.getByText('Forge did not answer in 3 s.').waitFor();
    expect(await page.getByLabel('Message #deploys').inputValue()).toBe('/forge status');
  });

  it('is asked for when something else is typed', async () => {
    const { page } = await openWorkspace(world);

    await page.getByLabel('Message #deploys').fill('hello');
    await page.keyboard.press('Enter');

    await page.getByText('Begin with /forge').waitFor();
    expect(world.sandbox.sentTo('/sandbox/command')).toEqual([]);
  });

  it('can be chosen, sent and recalled with the keyboard alone', async () => {
    const { page } = await openWorkspace(world);
    const line = page.getByLabel('Message #deploys');

    await line.focus();
    await page.keyboard.type('/forge st');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const chosen = await line.inputValue();
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowUp');

    expect(chosen).toBe('/forge status');
    await expect.poll(() => world.sandbox.sentTo('/sandbox/command').length).toBe(1);
    expect(await line.inputValue()).toBe('/forge status');
  });
});
