import { describe, expect, it } from 'vitest';
import { DEPLOYMENT_BLOCKS, EVERY_BLOCK } from './sample-blocks.ts';
import { measure, openWorkspace } from './workspace-page.ts';
import { useBrowserWorld } from './world.ts';

const world = useBrowserWorld();

describe('on a phone', () => {
  const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
  const overflow = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';

  it('one pane is shown at a time and nothing sticks out', async () => {
    const ts = world.sandbox.post('deploys', { blocks: DEPLOYMENT_BLOCKS, replyCount: 1 });
    world.sandbox.post('deploys', { blocks: EVERY_BLOCK });
    world.sandbox.post('deploys', { threadTs: ts, text: `${'averyveryverylongword'.repeat(12)}` });
    const { page } = await openWorkspace(world, phone);
    const widths = [await measure(page, overflow)];
    const composer = page.getByLabel('Message #deploys');
    const hidden = await composer.isVisible();

    await page.getByRole('link', { name: 'deploys' }).click();
    await composer.waitFor();
    widths.push(await measure(page, overflow));
    await page.getByRole('button', { name: '1 reply' }).click();
    await page.getByText('averyveryverylong').waitFor();
    widths.push(await measure(page, overflow));
    await page.getByRole('button', { name: 'Close' }).click();
    await composer.waitFor();
    await page.getByRole('button', { name: 'All channels' }).click();
    await page.getByRole('link', { name: 'deploys' }).waitFor();

    expect(hidden).toBe(false);
    expect(widths).toEqual([0, 0, 0]);
  });

  it('whom to act as can be chosen on every pane', async () => {
    const { page } = await openWorkspace(world, { ...phone, hash: '#/channel/deploys' });

    await page.getByLabel('Act as').selectOption('U0LENA');
    await page.getByLabel('Message #deploys').fill('/forge whoami');
    await page.getByRole('button', { name: 'Send' }).click();

    await expect.poll(() => world.sandbox.sentTo('/sandbox/command').map(({ as }) => as)).toEqual(['U0LENA']);
  });

  it('buttons are large enough for a thumb', async () => {
    world.sandbox.post('deploys', { blocks: DEPLOYMENT_BLOCKS });
    const { page } = await openWorkspace(world, { ...phone, hash: '#/channel/deploys' });
    await page.getByRole('button', { name: 'Pause' }).waitFor();

    const boxes = await Promise.all(
      (await page.locator('button:visible, select:visible').all()).map((control) => control.boundingBox()),
    );
    const heights = boxes.map((box) => box?.height ?? 0);

    expect(heights.length).toBeGreaterThan(4);
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(44);
  });
});
