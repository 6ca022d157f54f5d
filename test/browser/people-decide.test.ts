import type { BrowserContextOptions, Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { findButton } from '../../sandbox/find-button.ts';
import type { SlackMessage } from '../../sandbox/parts.ts';
import { eventually } from '../eventually.ts';
import { shownWeights } from '../scenarios/production/shown-weights.ts';
import { useCompany } from './company-world.ts';
import { measure, openWorkspace } from './workspace-page.ts';

const world = useCompany();
const onBlue = ['api-blue 100, api-green 0'];
const onGreen = ['api-blue 0, api-green 100'];
/** A deployment may take so long on a machine that is busy. Milliseconds. */
const PATIENCE = 120_000;

describe('the right people decide', { timeout: 240_000 }, () => {
  it('a product manager asks for production, and reads who has to approve it', async () => {
    const page = await sitsDown('U0MAYA');

    await types(page, '/forge deploy production v1.1.0 because the banner is ready');

    const message = deploymentMessage(page, 1);
    await message.getByText('Needs the approval of 1 release manager').waitFor();
    await message.getByText('ask @release-managers').waitFor();
    await message.getByText('the banner is ready').waitFor();
    expect(shownWeights(world.sandbox.aws)).toEqual(onBlue);
  });

  it('a product manager sees in the form who has to approve, before anything is asked for', async () => {
    const page = await sitsDown('U0MAYA');
    await types(page, '/forge deploy');
    const form = page.getByRole('dialog', { name: 'Deploy' });
    await form.getByLabel('Service').selectOption('api');

    await form.getByLabel('Environment').selectOption('production');

    await form.getByText('1 release manager').waitFor();
    await form.getByText('v1.1.0', { exact: true }).waitFor();
    expect(await form.getByLabel('Service').inputValue()).toBe('api');
  });

  it('an engineer cannot approve what they asked for themselves', async () => {
    const page = await sitsDown('U0SAM');
    await types(page, '/forge deploy production v1.1.0');

    await presses(page, deploymentMessage(page, 1), 'Approve');

    await page.getByText('You asked for #1 yourself, so others have to decide about it.').waitFor();
    await deploymentMessage(page, 1).getByText('Still missing: 1 release manager').waitFor();
    expect(shownWeights(world.sandbox.aws)).toEqual(onBlue);
  });

  it('an approver approves from their Home, and the canary goes to its end', async () => {
    await isAskedFor('v1.1.0');
    const page = await sitsDown('U0LENA');
    await page.getByRole('link', { name: 'Forge' }).click();
    await page.getByText('Waiting for your vote').waitFor();

    await presses(page, page.getByRole('main'), 'Approve');

    await page.getByText('Waiting for your vote').waitFor({ state: 'detached' });
    await page.getByRole('link', { name: /^production/u }).click();
    await deploymentMessage(page, 1).getByText('v1.1.0 is live on Public API in production').waitFor();
    expect(shownWeights(world.sandbox.aws)).toEqual(onGreen);
  });

  it('an executive rolls back on a phone', async () => {
    await isDeployedAlready('v1.1.0');
    const page = await sitsDown('U0ELENA', { viewport: { width: 390, height: 844 }, isMobile: true });
    await deploymentMessage(page, 1).getByRole('button', { name: 'Roll back' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('v1.0.0').first().waitFor();
    const overflow = await measure(
      page,
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );

    await dialog.getByRole('button', { name: 'Roll back' }).click();

    await deploymentMessage(page, 2).getByText('v1.0.0 is live on Public API in production').waitFor();
    expect(shownWeights(world.sandbox.aws)).toEqual(onBlue);
    expect(overflow).toBe(0);
  });

  it('a project manager schedules for tonight with the form, and cancels it', async () => {
    const page = await sitsDown('U0JONAS', { timezoneId: 'Europe/Berlin' });
    await types(page, '/forge schedule production v1.1.0');
    const form = page.getByRole('dialog', { name: 'Schedule' });
    await form.getByLabel('When').fill(await localTimeInHours(page, 8));
    await form.getByRole('button', { name: 'Next' }).click();
    await form.getByText('It needs the approval of 1 release manager').waitFor();
    await form.getByRole('button', { name: 'Schedule' }).click();
    await page.getByText('#1 of Public API to production is scheduled').waitFor();
    await types(page, '/forge schedules');

    await presses(page, page.getByRole('main'), 'Cancel #1');

    await page.getByText('#1 is cancelled. Nothing was changed.').waitFor();
    expect(shownWeights(world.sandbox.aws)).toEqual(onBlue);
  });
});

/** Opens #production as that person. */
async function sitsDown(as: string, options: BrowserContextOptions = {}): Promise<Page> {
  const { page } = await openWorkspace(world, { ...options, hash: '#/channel/production' });
  page.setDefaultTimeout(PATIENCE);
  await page.getByLabel('Act as').selectOption(as);
  await page.getByLabel('Message #production').waitFor();
  return page;
}

async function types(page: Page, words: string): Promise<void> {
  await page.getByLabel('Message #production').fill(words);
  await page.keyboard.press('Enter');
}

/** The message of a deployment, which ends its headline with the number. */
function deploymentMessage(page: Page, number: number): Locator {
  return page.getByRole('article').filter({ has: page.getByRole('heading', { name: `(#${number})` }) });
}

/** Presses a button and agrees to the question it asks. */
async function presses(page: Page, where: Locator, name: string): Promise<void> {
  await where.getByRole('button', { name, exact: true }).click();
  await page.getByRole('alertdialog').getByRole('button', { name, exact: true }).click();
}

/** Half a day from now or so, as a field for a moment takes it in the browser's own time zone. */
async function localTimeInHours(page: Page, hours: number): Promise<string> {
  const code = `new Date(Date.now() + ${hours * 3_600_000}).toLocaleString('sv').slice(0, 16).replace(' ', 'T')`;
  return String(await page.evaluate(code));
}

/** Maya has asked for it, and people may vote. */
async function isAskedFor(version: string): Promise<SlackMessage> {
  const { slack } = world.sandbox;
  await slack.command({ as: 'U0MAYA', channel: 'production', text: `/forge deploy production ${version}` });
  return eventually(() =>
    slack.messages('production', 'U0LENA').find(({ blocks }) => findButton(blocks, 'Approve') !== undefined),
  );
}

async function isDeployedAlready(version: string): Promise<void> {
  const { slack, aws } = world.sandbox;
  const { ts, blocks } = await isAskedFor(version);
  const button = findButton(blocks, 'Approve');
  const approve = { action_id: button?.action_id ?? '', value: button?.value, confirmed: true };
  await slack.click({ as: 'U0LENA', channel: 'production', ts, ...approve });
  await expect.poll(() => shownWeights(aws), { timeout: PATIENCE }).toEqual(onGreen);
}
