import { describe, expect, it } from 'vitest';
import { openWorkspace } from './workspace-page.ts';
import { useBrowserWorld } from './world.ts';

const world = useBrowserWorld();

describe('another person', () => {
  it('sees their own private messages and none of anyone else', async () => {
    world.sandbox.post('deploys', { text: 'For Maya only', shownTo: 'U0MAYA' });
    world.sandbox.post('deploys', { text: 'For Lena only', shownTo: 'U0LENA' });
    const { page } = await openWorkspace(world);
    await page.getByText('For Maya only').waitFor();

    await page.getByLabel('Act as').selectOption('U0LENA');

    await page.getByText('For Lena only').waitFor();
    expect(await page.getByText('For Maya only').count()).toBe(0);
  });

  it('is not shown the direct messages of others', async () => {
    const { page } = await openWorkspace(world);
    await page.getByText('Direct messages').waitFor();

    await page.getByLabel('Act as').selectOption('U0GUEST');

    await expect.poll(() => page.getByText('Direct messages').count()).toBe(0);
  });

  it('who is deactivated is told so instead of acting', async () => {
    const { page } = await openWorkspace(world);

    await page.getByLabel('Act as').selectOption('U0DORA');

    await page.getByText("Dora Gone's account is deactivated").waitFor();
    expect(await page.getByLabel('Message #deploys').isVisible()).toBe(false);
  });

  it('sees what is unread, counting what mentions them', async () => {
    const { page } = await openWorkspace(world);

    world.sandbox.post('general', {
      text: 'Approval needed <@U0MAYA>',
      ts: `${Math.floor(Date.now() / 1000) + 60}.000100`,
    });

    await page.getByRole('link', { name: 'general 1 for you' }).click();
    await page.getByText('Approval needed').waitFor();
    await expect.poll(() => page.getByRole('link', { name: 'general', exact: true }).count()).toBe(1);
  });
});

describe('the channel in sight', () => {
  it('has nothing unread, even at the bare address', async () => {
    const { page } = await openWorkspace(world);

    world.sandbox.post('deploys', { text: 'News', ts: `${Math.floor(Date.now() / 1000) + 60}.000100` });

    await page.getByText('News').waitFor();
    expect(await page.getByRole('link', { name: 'deploys', exact: true }).count()).toBe(1);
  });
});

describe('a lost connection', () => {
  it('comes back by itself and shows what was missed', async () => {
    const { page } = await openWorkspace(world);
    await page.getByText('Nothing here yet').waitFor();

    world.sandbox.cutStreams();
    world.sandbox.post('deploys', { text: 'Said while nobody listened' });

    await page.getByText('Said while nobody listened').waitFor();
    await page.getByText('Forge is ready').waitFor();
  });
});
