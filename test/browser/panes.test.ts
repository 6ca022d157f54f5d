import { describe, expect, it } from 'vitest';
import { openWorkspace } from './workspace-page.ts';
import { useBrowserWorld } from './world.ts';

const world = useBrowserWorld();

describe('the App Home', () => {
  it('is opened as the acting person and shows what Forge publishes', async () => {
    const { page } = await openWorkspace(world);

    await page.getByRole('link', { name: 'Forge', exact: true }).last().click();
    await page.getByText('has not published a home').waitFor();
    world.sandbox.setHome('U0MAYA', [
      { type: 'header', text: { type: 'plain_text', text: 'Your environments' } },
    ]);

    await page.getByText('Your environments').waitFor();
    expect(world.sandbox.sentTo('/sandbox/home')).toEqual([{ as: 'U0MAYA' }]);
  });
});
