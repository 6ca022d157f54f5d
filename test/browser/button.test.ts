import { describe, expect, it } from 'vitest';
import { ok } from './fake-sandbox.ts';
import { DEPLOYMENT_BLOCKS, EVERY_BLOCK } from './sample-blocks.ts';
import { openWorkspace } from './workspace-page.ts';
import { useBrowserWorld } from './world.ts';

const world = useBrowserWorld();

describe('a button', () => {
  it('sends its ids and value once, however often it is pressed meanwhile', async () => {
    const ts = world.sandbox.post('deploys', { blocks: DEPLOYMENT_BLOCKS });
    const { page } = await openWorkspace(world);

    await page.getByRole('button', { name: 'Pause' }).dblclick();

    await expect
      .poll(() => world.sandbox.sentTo('/sandbox/click'))
      .toEqual([{ as: 'U0MAYA', channel: 'deploys', ts, action_id: 'pause', block_id: 'a', value: '142' }]);
  });

  it('with a question sends nothing when the person declines', async () => {
    world.sandbox.post('deploys', { blocks: DEPLOYMENT_BLOCKS });
    const { page } = await openWorkspace(world);
    await page.getByRole('button', { name: 'Roll back' }).click();
    const question = page.getByRole('alertdialog', { name: 'Roll back api in staging?' });
    await question.getByText('From v1.1.0 to v1.0.0').waitFor();
    const focused = await page.evaluate('document.activeElement.textContent');

    await page.keyboard.press('Enter');

    await question.waitFor({ state: 'detached' });
    expect(focused).toBe('Keep v1.1.0');
    expect(world.sandbox.sentTo('/sandbox/click')).toEqual([]);
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Roll back');
  });

  it('with a question is confirmed by the person', async () => {
    world.sandbox.post('deploys', { blocks: DEPLOYMENT_BLOCKS });
    const { page } = await openWorkspace(world);

    await page.getByRole('button', { name: 'Roll back' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Roll back' }).click();

    await expect.poll(() => world.sandbox.sentTo('/sandbox/click').length).toBe(1);
    expect(world.sandbox.sentTo('/sandbox/click')[0]).toMatchObject({
      action_id: 'rollback',
      confirmed: true,
    });
  });

  it('asks the question that the workspace answers with, too', async () => {
    world.sandbox.post('deploys', { blocks: DEPLOYMENT_BLOCKS });
    const confirm = {
      title: { type: 'plain_text', text: 'Really pause?' },
      text: { type: 'plain_text', text: 'It waits.' },
    };
    world.sandbox.answers.set('/sandbox/click', ({ confirmed }) =>
      confirmed === true
        ? ok({ acked: true, ms: 3 })
        : { status: 409, body: { error: 'Confirm first.', confirm } },
    );
    const { page } = await openWorkspace(world);

    await page.getByRole('button', { name: 'Pause' }).click();
    await page
      .getByRole('alertdialog', { name: 'Really pause?' })
      .getByRole('button', { name: 'Yes' })
      .click();

    await expect
      .poll(() => world.sandbox.sentTo('/sandbox/click').map(({ confirmed }) => confirmed))
      .toEqual([undefined, true]);
  });

  it('that is gone tells the person why', async () => {
    world.sandbox.post('deploys', { blocks: DEPLOYMENT_BLOCKS });
    world.sandbox.answers.set('/sandbox/click', () => ({
      status: 404,
      body: { error: 'There is no pause there any more.' },
    }));
    const { page } = await openWorkspace(world);

    await page.getByRole('button', { name: 'Pause' }).click();

    await page.getByText('There is no pause there any more.').waitFor();
  });
});

describe('elements outside of a form', () => {
  it('draw every block and name the one they cannot', async () => {
    world.sandbox.post('deploys', { blocks: EVERY_BLOCK });
    const { page, problems } = await openWorkspace(world);

    await page.getByText('unsupported block: hologram').waitFor();
    expect(await page.locator('.unsupported').count()).toBe(1);
    expect(await page.getByRole('link', { name: 'site' }).getAttribute('rel')).toBe('noopener noreferrer');
    expect(await page.getByRole('img', { name: 'A chart of requests' }).count()).toBe(1);
    expect(await page.getByText(':unknown_one:').count()).toBe(1);
    expect(problems).toEqual([]);
  });

  it('send what was chosen in a select, a menu and a date', async () => {
    world.sandbox.post('deploys', { blocks: EVERY_BLOCK });
    const { page } = await openWorkspace(world);

    await page.getByLabel('Pick one').selectOption('two');
    await page.getByRole('button', { name: 'More actions' }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.locator('input[type=date]').fill('2026-12-01');

    await expect
      .poll(() => world.sandbox.sentTo('/sandbox/click').map(({ action_id, value }) => [action_id, value]))
      .toEqual([
        ['pick', 'two'],
        ['more', 'two'],
        ['day', '2026-12-01'],
      ]);
  });
});
