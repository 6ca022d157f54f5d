import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SlackView } from '../../sandbox/parts.ts';
import { launchChromium } from './chromium.ts';
import { FakeSandbox, ok } from './fake-sandbox.ts';
import { DEPLOYMENT_BLOCKS, deployForm, EVERY_BLOCK } from './sample-blocks.ts';
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

function modal(id: string, view: Record<string, unknown> = deployForm()): SlackView {
  return { id, type: 'modal', view, hash: 'h1' };
}

describe('a button', () => {
  it('sends its ids and value once, however often it is pressed meanwhile', async () => {
    const ts = sandbox.post('deploys', { blocks: DEPLOYMENT_BLOCKS });
    const { page } = await openWorkspace(browser, sandbox);

    await page.getByRole('button', { name: 'Pause' }).dblclick();

    await expect
      .poll(() => sandbox.sentTo('/sandbox/click'))
      .toEqual([{ as: 'U0MAYA', channel: 'deploys', ts, action_id: 'pause', block_id: 'a', value: '142' }]);
  });

  it('with a question sends nothing when the person declines', async () => {
    sandbox.post('deploys', { blocks: DEPLOYMENT_BLOCKS });
    const { page } = await openWorkspace(browser, sandbox);
    await page.getByRole('button', { name: 'Roll back' }).click();
    const question = page.getByRole('alertdialog', { name: 'Roll back api in staging?' });
    await question.getByText('From v1.1.0 to v1.0.0').waitFor();
    const focused = await page.evaluate('document.activeElement.textContent');

    await page.keyboard.press('Enter');

    await question.waitFor({ state: 'detached' });
    expect(focused).toBe('Keep v1.1.0');
    expect(sandbox.sentTo('/sandbox/click')).toEqual([]);
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Roll back');
  });

  it('with a question is confirmed by the person', async () => {
    sandbox.post('deploys', { blocks: DEPLOYMENT_BLOCKS });
    const { page } = await openWorkspace(browser, sandbox);

    await page.getByRole('button', { name: 'Roll back' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Roll back' }).click();

    await expect.poll(() => sandbox.sentTo('/sandbox/click').length).toBe(1);
    expect(sandbox.sentTo('/sandbox/click')[0]).toMatchObject({ action_id: 'rollback', confirmed: true });
  });

  it('asks the question that the workspace answers with, too', async () => {
    sandbox.post('deploys', { blocks: DEPLOYMENT_BLOCKS });
    const confirm = {
      title: { type: 'plain_text', text: 'Really pause?' },
      text: { type: 'plain_text', text: 'It waits.' },
    };
    sandbox.answers.set('/sandbox/click', ({ confirmed }) =>
      confirmed === true
        ? ok({ acked: true, ms: 3 })
        : { status: 409, body: { error: 'Confirm first.', confirm } },
    );
    const { page } = await openWorkspace(browser, sandbox);

    await page.getByRole('button', { name: 'Pause' }).click();
    await page
      .getByRole('alertdialog', { name: 'Really pause?' })
      .getByRole('button', { name: 'Yes' })
      .click();

    await expect
      .poll(() => sandbox.sentTo('/sandbox/click').map(({ confirmed }) => confirmed))
      .toEqual([undefined, true]);
  });

  it('that is gone tells the person why', async () => {
    sandbox.post('deploys', { blocks: DEPLOYMENT_BLOCKS });
    sandbox.answers.set('/sandbox/click', () => ({
      status: 404,
      body: { error: 'There is no pause there any more.' },
    }));
    const { page } = await openWorkspace(browser, sandbox);

    await page.getByRole('button', { name: 'Pause' }).click();

    await page.getByText('There is no pause there any more.').waitFor();
  });
});

describe('a modal', () => {
  it('is filled in, mended after an error, and sent', async () => {
    const { page } = await openWorkspace(browser, sandbox);
    let attempts = 0;
    sandbox.answers.set('/sandbox/submit', () => {
      attempts += 1;
      if (attempts === 1) return ok({ acked: true, ms: 9, errors: { ref: 'There is no v9.' } });
      sandbox.setViews('U0MAYA', []);
      return ok({ acked: true, ms: 9 });
    });
    sandbox.setViews('U0MAYA', [modal('V1')]);
    const dialog = page.getByRole('dialog', { name: 'Deploy a service' });
    await dialog.getByLabel('Service').selectOption('api');
    await dialog.getByLabel('Version, branch or commit').fill('v9');
    await dialog.getByLabel('Why').fill('a fix');
    await dialog.getByText('Choose options').click();
    await dialog.getByLabel('Option two').check();
    await dialog.getByLabel('Option now').check();

    await dialog.getByRole('button', { name: 'Deploy' }).click();
    await dialog.getByText('There is no v9.').waitFor();
    await dialog.getByLabel('Version, branch or commit').fill('v1.1.0');
    await page.keyboard.press('Enter');

    await dialog.waitFor({ state: 'hidden' });
    expect(sandbox.sentTo('/sandbox/submit')[1]).toEqual({
      as: 'U0MAYA',
      view_id: 'V1',
      values: {
        service: { value: 'api' },
        ref: { value: 'v1.1.0' },
        reason: { value: 'a fix' },
        notify: { value: ['two'] },
        start: { value: 'now' },
      },
    });
  });

  it('with required inputs left empty is not sent', async () => {
    sandbox.setViews('U0MAYA', [modal('V1')]);
    const { page } = await openWorkspace(browser, sandbox);

    await page.getByRole('dialog').getByRole('button', { name: 'Deploy' }).click();

    await expect.poll(() => page.getByText('Please complete this required field.').count()).toBe(2);
    expect(await page.getByLabel('Service').evaluate('field => field === document.activeElement')).toBe(true);
    expect(sandbox.sentTo('/sandbox/submit')).toEqual([]);
  });

  it('keeps what was typed when Forge updates it or puts another on top', async () => {
    sandbox.setViews('U0MAYA', [modal('V1')]);
    const { page } = await openWorkspace(browser, sandbox);
    await page.getByLabel('Why').fill('half a sentence');
    const longer = { ...deployForm(), title: { type: 'plain_text', text: 'Deploy, checked' } };

    sandbox.setViews('U0MAYA', [modal('V1', longer)]);
    await page.getByRole('dialog', { name: 'Deploy, checked' }).waitFor();
    const afterUpdate = await page.getByLabel('Why').inputValue();
    sandbox.setViews('U0MAYA', [
      modal('V1', longer),
      modal('V2', { type: 'modal', title: { type: 'plain_text', text: 'On top' }, blocks: [] }),
    ]);
    await page.getByRole('dialog', { name: 'On top' }).waitFor();
    sandbox.setViews('U0MAYA', [modal('V1', longer)]);
    await page.getByRole('dialog', { name: 'Deploy, checked' }).waitFor();

    expect(afterUpdate).toBe('half a sentence');
    expect(await page.getByLabel('Why').inputValue()).toBe('half a sentence');
  });

  it('keeps the focus inside, closes with Escape and gives it back', async () => {
    const { page } = await openWorkspace(browser, sandbox);
    sandbox.answers.set('/sandbox/close', () => {
      sandbox.setViews('U0MAYA', []);
      return ok({ acked: true, ms: 1 });
    });
    await page.getByLabel('Message #deploys').focus();
    sandbox.setViews('U0MAYA', [modal('V1')]);
    const dialog = page.getByRole('dialog', { name: 'Deploy a service' });
    await dialog.waitFor();
    const wasInside: unknown[] = [];
    for (let press = 0; press < 12; press += 1) {
      await page.keyboard.press('Tab');
      wasInside.push(
        await page.evaluate(
          'document.activeElement === document.body || document.activeElement.closest("dialog") !== null',
        ),
      );
    }

    await page.keyboard.press('Escape');

    await dialog.waitFor({ state: 'hidden' });
    expect(wasInside).not.toContain(false);
    expect(sandbox.sentTo('/sandbox/close')).toEqual([{ as: 'U0MAYA', view_id: 'V1' }]);
    expect(await page.evaluate('document.activeElement.className')).toBe('composer-input');
  });

  it('shows the trouble that a submission ran into', async () => {
    sandbox.setViews('U0MAYA', [{ ...modal('V1'), warning: 'We had some trouble connecting. Try again?' }]);
    const { page } = await openWorkspace(browser, sandbox);

    await page.getByText('We had some trouble connecting. Try again?').waitFor();
  });
});

describe('elements outside of a form', () => {
  it('draw every block and name the one they cannot', async () => {
    sandbox.post('deploys', { blocks: EVERY_BLOCK });
    const { page, problems } = await openWorkspace(browser, sandbox);

    await page.getByText('unsupported block: video').waitFor();
    expect(await page.locator('.unsupported').count()).toBe(1);
    expect(await page.getByRole('link', { name: 'site' }).getAttribute('rel')).toBe('noopener noreferrer');
    expect(await page.getByRole('img', { name: 'A chart of requests' }).count()).toBe(1);
    expect(await page.getByText(':unknown_one:').count()).toBe(1);
    expect(problems).toEqual([]);
  });

  it('send what was chosen in a select, a menu and a date', async () => {
    sandbox.post('deploys', { blocks: EVERY_BLOCK });
    const { page } = await openWorkspace(browser, sandbox);

    await page.getByLabel('Pick one').selectOption('two');
    await page.getByRole('button', { name: 'More actions' }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.locator('input[type=date]').fill('2026-12-01');

    await expect
      .poll(() => sandbox.sentTo('/sandbox/click').map(({ action_id, value }) => [action_id, value]))
      .toEqual([
        ['pick', 'two'],
        ['more', 'two'],
        ['day', '2026-12-01'],
      ]);
  });
});

describe('the App Home', () => {
  it('is opened as the acting person and shows what Forge publishes', async () => {
    const { page } = await openWorkspace(browser, sandbox);

    await page.getByRole('link', { name: 'Forge', exact: true }).last().click();
    await page.getByText('has not published a home').waitFor();
    sandbox.setHome('U0MAYA', [{ type: 'header', text: { type: 'plain_text', text: 'Your environments' } }]);

    await page.getByText('Your environments').waitFor();
    expect(sandbox.sentTo('/sandbox/home')).toEqual([{ as: 'U0MAYA' }]);
  });
});

describe('the services', () => {
  it('show what really answers and take a load', async () => {
    sandbox.services = [
      {
        name: 'api',
        environment: 'staging',
        region: 'us-east-1',
        url: 'http://127.0.0.1:4801',
        live: { version: 'v1.0.0', colour: 'only' },
        weights: null,
        requests: 10,
        failures: 2,
        tasks: [{ id: 't1', version: 'v1.0.0', state: 'RUNNING' }],
      },
    ];
    const { page } = await openWorkspace(browser, sandbox);

    await page.getByRole('button', { name: 'Services' }).click();
    await page.getByRole('slider').fill('20');

    await page.getByRole('complementary').getByText('v1.0.0').first().waitFor();
    await expect
      .poll(() => sandbox.sentTo('/sandbox/load'))
      .toEqual([{ service: 'api', environment: 'staging', requestsPerSecond: 20 }]);
  });
});

describe('on a phone', () => {
  const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
  const overflow = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';

  it('one pane is shown at a time and nothing sticks out', async () => {
    const ts = sandbox.post('deploys', { blocks: DEPLOYMENT_BLOCKS, replyCount: 1 });
    sandbox.post('deploys', { blocks: EVERY_BLOCK });
    sandbox.post('deploys', { threadTs: ts, text: `${'averyveryverylongword'.repeat(12)}` });
    const { page } = await openWorkspace(browser, sandbox, phone);
    const widths = [await measure(page, overflow)];
    const composer = page.getByLabel('Message #deploys');
    const hidden = await composer.isVisible();

    await page.getByRole('link', { name: 'deploys' }).click();
    await composer.waitFor();
    widths.push(await measure(page, overflow));
    await page.getByRole('button', { name: '1 reply' }).click();
    await page.getByText('averyverylong').waitFor();
    widths.push(await measure(page, overflow));
    await page.getByRole('button', { name: 'Close' }).click();
    await composer.waitFor();
    await page.getByRole('button', { name: 'All channels' }).click();
    await page.getByRole('link', { name: 'deploys' }).waitFor();

    expect(hidden).toBe(false);
    expect(widths).toEqual([0, 0, 0]);
  });

  it('whom to act as can be chosen on every pane', async () => {
    const { page } = await openWorkspace(browser, sandbox, { ...phone, hash: '#/channel/deploys' });

    await page.getByLabel('Act as').selectOption('U0LENA');
    await page.getByLabel('Message #deploys').fill('/forge whoami');
    await page.getByRole('button', { name: 'Send' }).click();

    await expect.poll(() => sandbox.sentTo('/sandbox/command').map(({ as }) => as)).toEqual(['U0LENA']);
  });

  it('buttons are large enough for a thumb', async () => {
    sandbox.post('deploys', { blocks: DEPLOYMENT_BLOCKS });
    const { page } = await openWorkspace(browser, sandbox, { ...phone, hash: '#/channel/deploys' });
    await page.getByRole('button', { name: 'Pause' }).waitFor();

    const heights = await page
      .locator('button:visible, select:visible')
      .evaluateAll(
        'elements => Math.min(...elements.map(element => element.getBoundingClientRect().height))',
      );

    expect(Number(heights)).toBeGreaterThanOrEqual(44);
  });
});
