import { describe, expect, it } from 'vitest';
import { deploymentBlocks } from './sample-blocks.ts';
import { measure, openWorkspace } from './workspace-page.ts';
import { useBrowserWorld } from './world.ts';

const world = useBrowserWorld();

describe('a message', () => {
  it('appears when Forge posts it and follows its edits without losing open details or focus', async () => {
    const { page } = await openWorkspace(world);
    const ts = world.sandbox.post('deploys', { blocks: deploymentBlocks({ verifying: 'in_progress' }) });
    await page.getByText('Checks passed').click();
    await page.getByText('unit-tests: 214 passed').waitFor();
    await page.getByLabel('Message #deploys').fill('/forge half typed');
    await page.getByRole('button', { name: 'Pause' }).focus();

    world.sandbox.edit('deploys', ts, { blocks: deploymentBlocks({ verifying: 'error' }) });

    await page.getByText('Failed', { exact: true }).waitFor();
    expect(await page.getByText('unit-tests: 214 passed').isVisible()).toBe(true);
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Pause');
    expect(await page.getByLabel('Message #deploys').inputValue()).toBe('/forge half typed');
  });

  it('cannot smuggle HTML, scripts or links that run code into the page', async () => {
    const { page, problems } = await openWorkspace(world);
    const attack = '<img src=x onerror="window.stolen=1"><script>window.stolen=1</script>';
    const section = {
      type: 'section',
      text: { type: 'mrkdwn', text: `${attack} <javascript:alert(1)|press>` },
    };
    const button = {
      type: 'button',
      action_id: 'x',
      text: { type: 'plain_text', text: attack },
      url: 'javascript:alert(1)',
    };

    world.sandbox.post('deploys', { text: attack });
    world.sandbox.post('deploys', {
      blocks: [
        section,
        { type: 'header', text: { type: 'plain_text', text: attack } },
        { type: 'markdown', text: `[press](javascript:alert(1)) ${attack}` },
        { type: 'image', image_url: 'https://evil.example/x.png', alt_text: attack },
        { type: 'actions', block_id: 'b', elements: [button] },
        { type: attack },
      ],
    });

    await page.getByText('unsupported block').waitFor();
    expect(await page.evaluate('window.stolen')).toBeUndefined();
    expect(
      await page
        .locator('.messages script, .messages [onerror], .messages a, .messages img[src^="https"]')
        .count(),
    ).toBe(0);
    expect(problems).toEqual([]);
  });

  it('whose button was not answered says so beside it', async () => {
    const { page } = await openWorkspace(world);

    world.sandbox.post('deploys', {
      text: 'x',
      warning: 'Forge did not answer (operation_timeout). Try again.',
    });

    await page.getByText('Forge did not answer (operation_timeout)').waitFor();
  });

  it('opens its thread, which holds what the channel does not show', async () => {
    const { page } = await openWorkspace(world);
    const ts = world.sandbox.post('deploys', { text: 'Deploying', replyCount: 2 });
    world.sandbox.post('deploys', { threadTs: ts, text: 'Only in the thread' });
    world.sandbox.post('deploys', { threadTs: ts, text: 'Also for everyone', broadcast: true });
    await page.getByText('Replied to a thread').waitFor();
    const inChannel = await page
      .getByRole('log', { name: 'Messages' })
      .getByText('Only in the thread')
      .count();

    await page.getByRole('button', { name: '2 replies' }).click();

    const thread = page.getByRole('log', { name: 'Thread' });
    await thread.getByText('Only in the thread').waitFor();
    await thread.getByText('Also sent to the channel').waitFor();
    expect(inChannel).toBe(0);
    expect(page.url()).toContain(`#/channel/deploys/thread/${ts}`);
  });

  it('moves the view only for a person who is at the end', async () => {
    const { page } = await openWorkspace(world);
    for (let number = 1; number <= 40; number += 1)
      world.sandbox.post('deploys', { text: `Message ${number}.` });
    await page.getByText('Message 40.').waitFor();
    const scroller = page.getByRole('region', { name: 'Messages' });
    await expect.poll(() => page.getByText('Message 40.').isVisible()).toBe(true);
    await scroller.hover();
    await page.mouse.wheel(0, -5_000);
    await expect.poll(() => measure(page, 'document.querySelector(".scroller").scrollTop')).toBe(0);

    world.sandbox.post('deploys', { text: 'The newest one.' });

    await page.getByRole('button', { name: 'New messages' }).click();
    await expect
      .poll(() =>
        measure(
          page,
          '(list => list.scrollHeight - list.scrollTop - list.clientHeight)(document.querySelector(".scroller"))',
        ),
      )
      .toBeLessThan(5);
  });
});
