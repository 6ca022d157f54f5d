import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchChromium } from './chromium.ts';
import { FakeSandbox, ok } from './fake-sandbox.ts';
import { deploymentBlocks } from './sample-blocks.ts';
import { measure, openWorkspace } from './workspace-page.ts';

let browser: Browser;
let sandbox: FakeSandbox;

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());
beforeEach(async () => {
  sandbox = new FakeSandbox();
  await sandbox.start();
});
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
  await sandbox.stop();
});

describe('a command', () => {
  it('typed with Enter reaches Forge, and its private answer appears', async () => {
    sandbox.answers.set('/sandbox/command', ({ as, text }) => {
      sandbox.post('deploys', { text: `Heard \`${String(text)}\``, shownTo: String(as) });
      return ok({ acked: true, ms: 12 });
    });
    const { page, problems } = await openWorkspace(browser, sandbox);

    await page.getByLabel('Message #deploys').fill('/forge help');
    await page.keyboard.press('Enter');

    await page.getByText('Heard /forge help').waitFor();
    await page.getByText('Only visible to you').waitFor();
    expect(sandbox.sentTo('/sandbox/command')).toEqual([
      { as: 'U0MAYA', channel: 'deploys', text: '/forge help' },
    ]);
    expect(await page.getByLabel('Message #deploys').inputValue()).toBe('');
    expect(problems).toEqual([]);
  });

  it('that Forge did not hear stays on the line with the reason', async () => {
    sandbox.answers.set('/sandbox/command', () =>
      ok({ acked: false, error: 'Forge did not answer in 3 s.' }),
    );
    const { page } = await openWorkspace(browser, sandbox);

    await page.getByLabel('Message #deploys').fill('/forge status');
    await page.keyboard.press('Enter');

    await page.getByText('Forge did not answer in 3 s.').waitFor();
    expect(await page.getByLabel('Message #deploys').inputValue()).toBe('/forge status');
  });

  it('is asked for when something else is typed', async () => {
    const { page } = await openWorkspace(browser, sandbox);

    await page.getByLabel('Message #deploys').fill('hello');
    await page.keyboard.press('Enter');

    await page.getByText('Begin with /forge').waitFor();
    expect(sandbox.sentTo('/sandbox/command')).toEqual([]);
  });

  it('can be chosen, sent and recalled with the keyboard alone', async () => {
    const { page } = await openWorkspace(browser, sandbox);
    const line = page.getByLabel('Message #deploys');

    await line.focus();
    await page.keyboard.type('/forge st');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const chosen = await line.inputValue();
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowUp');

    expect(chosen).toBe('/forge status');
    await expect.poll(() => sandbox.sentTo('/sandbox/command').length).toBe(1);
    expect(await line.inputValue()).toBe('/forge status');
  });
});

describe('a message', () => {
  it('appears when Forge posts it and follows its edits without losing open details or focus', async () => {
    const { page } = await openWorkspace(browser, sandbox);
    const ts = sandbox.post('deploys', { blocks: deploymentBlocks({ verifying: 'in_progress' }) });
    await page.getByText('Checks passed').click();
    await page.getByText('unit-tests: 214 passed').waitFor();
    await page.getByRole('button', { name: 'Pause' }).focus();
    await page.getByLabel('Message #deploys').evaluate('input => { input.value = "/forge half typed"; }');

    sandbox.edit('deploys', ts, { blocks: deploymentBlocks({ verifying: 'error' }) });

    await page.getByText('Failed', { exact: true }).waitFor();
    expect(await page.getByText('unit-tests: 214 passed').isVisible()).toBe(true);
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Pause');
    expect(await page.getByLabel('Message #deploys').inputValue()).toBe('/forge half typed');
  });

  it('cannot smuggle HTML, scripts or links that run code into the page', async () => {
    const { page, problems } = await openWorkspace(browser, sandbox);
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

    sandbox.post('deploys', { text: attack });
    sandbox.post('deploys', {
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
    const { page } = await openWorkspace(browser, sandbox);

    sandbox.post('deploys', { text: 'x', warning: 'Forge did not answer (operation_timeout). Try again.' });

    await page.getByText('Forge did not answer (operation_timeout)').waitFor();
  });

  it('opens its thread, which holds what the channel does not show', async () => {
    const { page } = await openWorkspace(browser, sandbox);
    const ts = sandbox.post('deploys', { text: 'Deploying', replyCount: 2 });
    sandbox.post('deploys', { threadTs: ts, text: 'Only in the thread' });
    sandbox.post('deploys', { threadTs: ts, text: 'Also for everyone', broadcast: true });
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
    const { page } = await openWorkspace(browser, sandbox);
    for (let number = 1; number <= 40; number += 1) sandbox.post('deploys', { text: `Message ${number}.` });
    await page.getByText('Message 40.').waitFor();
    const scroller = page.getByRole('region', { name: 'Messages' });
    await expect.poll(() => page.getByText('Message 40.').isVisible()).toBe(true);
    await scroller.evaluate('list => { list.scrollTop = 0; }');

    sandbox.post('deploys', { text: 'The newest one.' });

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

describe('another person', () => {
  it('sees their own private messages and none of anyone else', async () => {
    sandbox.post('deploys', { text: 'For Maya only', shownTo: 'U0MAYA' });
    sandbox.post('deploys', { text: 'For Lena only', shownTo: 'U0LENA' });
    const { page } = await openWorkspace(browser, sandbox);
    await page.getByText('For Maya only').waitFor();

    await page.getByLabel('Act as').selectOption('U0LENA');

    await page.getByText('For Lena only').waitFor();
    expect(await page.getByText('For Maya only').count()).toBe(0);
  });

  it('is not shown the direct messages of others', async () => {
    const { page } = await openWorkspace(browser, sandbox);
    await page.getByText('Direct messages').waitFor();

    await page.getByLabel('Act as').selectOption('U0GUEST');

    await expect.poll(() => page.getByText('Direct messages').count()).toBe(0);
  });

  it('who is deactivated is told so instead of acting', async () => {
    const { page } = await openWorkspace(browser, sandbox);

    await page.getByLabel('Act as').selectOption('U0DORA');

    await page.getByText("Dora Gone's account is deactivated").waitFor();
    expect(await page.getByLabel('Message #deploys').isVisible()).toBe(false);
  });

  it('sees what is unread, counting what mentions them', async () => {
    const { page } = await openWorkspace(browser, sandbox);

    sandbox.post('general', {
      text: 'Approval needed <@U0MAYA>',
      ts: `${Math.floor(Date.now() / 1000) + 60}.000100`,
    });

    await page.getByRole('link', { name: 'general 1 for you' }).click();
    await page.getByText('Approval needed').waitFor();
    await expect.poll(() => page.getByRole('link', { name: 'general', exact: true }).count()).toBe(1);
  });
});

describe('a lost connection', () => {
  it('comes back by itself and shows what was missed', async () => {
    const { page } = await openWorkspace(browser, sandbox);
    await page.getByText('Nothing here yet').waitFor();

    sandbox.cutStreams();
    sandbox.post('deploys', { text: 'Said while nobody listened' });

    await page.getByText('Said while nobody listened').waitFor();
    await page.getByText('Forge is ready').waitFor();
  });
});
