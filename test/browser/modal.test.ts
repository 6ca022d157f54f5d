import { describe, expect, it } from 'vitest';
import type { SlackView } from '../../sandbox/parts.ts';
import { rollbackPlaceForm } from '../../views/confirm-form.ts';
import { aPolicy } from '../builders.ts';
import { ok } from './fake-sandbox.ts';
import { deployForm } from './sample-blocks.ts';
import { openWorkspace } from './workspace-page.ts';
import { useBrowserWorld } from './world.ts';

const world = useBrowserWorld();

function modal(id: string, view: Record<string, unknown> = deployForm()): SlackView {
  return { id, type: 'modal', view, hash: 'h1' };
}

describe('a modal', () => {
  it('is filled in, mended after an error, and sent', async () => {
    const { page } = await openWorkspace(world);
    let attempts = 0;
    world.sandbox.answers.set('/sandbox/submit', () => {
      attempts += 1;
      if (attempts === 1) return ok({ acked: true, ms: 9, errors: { ref: 'There is no v9.' } });
      world.sandbox.setViews('U0MAYA', []);
      return ok({ acked: true, ms: 9 });
    });
    world.sandbox.setViews('U0MAYA', [modal('V1')]);
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
    expect(world.sandbox.sentTo('/sandbox/submit')[1]).toEqual({
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
    world.sandbox.setViews('U0MAYA', [modal('V1')]);
    const { page } = await openWorkspace(world);

    await page.getByRole('dialog').getByRole('button', { name: 'Deploy' }).click();

    await expect.poll(() => page.getByText('Please complete this required field.').count()).toBe(2);
    expect(await page.evaluate('document.activeElement.id')).toBe('V1-service-value');
    expect(world.sandbox.sentTo('/sandbox/submit')).toEqual([]);
  });

  it('keeps what was typed when Forge updates it or puts another on top', async () => {
    world.sandbox.setViews('U0MAYA', [modal('V1')]);
    const { page } = await openWorkspace(world);
    await page.getByLabel('Why').fill('half a sentence');
    const longer = { ...deployForm(), title: { type: 'plain_text', text: 'Deploy, checked' } };

    world.sandbox.setViews('U0MAYA', [modal('V1', longer)]);
    await page.getByRole('dialog', { name: 'Deploy, checked' }).waitFor();
    const afterUpdate = await page.getByLabel('Why').inputValue();
    world.sandbox.setViews('U0MAYA', [
      modal('V1', longer),
      modal('V2', { type: 'modal', title: { type: 'plain_text', text: 'On top' }, blocks: [] }),
    ]);
    await page.getByRole('dialog', { name: 'On top' }).waitFor();
    world.sandbox.setViews('U0MAYA', [modal('V1', longer)]);
    await page.getByRole('dialog', { name: 'Deploy, checked' }).waitFor();

    expect(afterUpdate).toBe('half a sentence');
    expect(await page.getByLabel('Why').inputValue()).toBe('half a sentence');
  });

  it('keeps the focus inside, closes with Escape and gives it back', async () => {
    const { page } = await openWorkspace(world);
    world.sandbox.answers.set('/sandbox/close', () => {
      world.sandbox.setViews('U0MAYA', []);
      return ok({ acked: true, ms: 1 });
    });
    await page.getByLabel('Message #deploys').focus();
    world.sandbox.setViews('U0MAYA', [modal('V1')]);
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
    expect(world.sandbox.sentTo('/sandbox/close')).toEqual([{ as: 'U0MAYA', view_id: 'V1' }]);
    expect(await page.evaluate('document.activeElement.className')).toBe('composer-input');
  });

  it('lets people type on where they were when they close it from a field', async () => {
    const { page } = await openWorkspace(world);
    const composer = page.getByLabel('Message #deploys');
    const { view } = modal('V1', {
      ...deployForm(),
      ...rollbackPlaceForm({ policy: aPolicy(), note: 'Which one?' }),
    });
    world.sandbox.answers.set('/sandbox/command', () => {
      world.sandbox.setViews('U0MAYA', [modal('V1', view)]);
      return ok({ acked: true, ms: 1 });
    });
    world.sandbox.answers.set('/sandbox/close', () => {
      world.sandbox.setViews('U0MAYA', []);
      return ok({ acked: true, ms: 1 });
    });
    await composer.click();
    await page.keyboard.type('/forge rollback');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Roll back' });
    await dialog.waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');

    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await page.keyboard.type('/forge status');

    await expect.poll(() => composer.inputValue()).toBe('/forge status');
  });

  it('tells Forge of a choice together with what else was typed', async () => {
    const view = deployForm();
    const blocks = [
      {
        type: 'input',
        block_id: 'why',
        label: { type: 'plain_text', text: 'Why' },
        element: { type: 'plain_text_input', action_id: 'text' },
      },
      {
        type: 'actions',
        block_id: 'check',
        elements: [{ type: 'button', action_id: 'check', text: { type: 'plain_text', text: 'Check' } }],
      },
    ];
    world.sandbox.setViews('U0MAYA', [modal('V1', { ...view, blocks })]);
    const { page } = await openWorkspace(world);

    await page.getByLabel('Why').fill('a fix');
    await page.getByRole('button', { name: 'Check' }).click();

    await expect
      .poll(() => world.sandbox.sentTo('/sandbox/click'))
      .toEqual([
        {
          as: 'U0MAYA',
          view_id: 'V1',
          action_id: 'check',
          block_id: 'check',
          values: { why: { text: 'a fix' } },
        },
      ]);
  });

  it('shows the trouble that a submission ran into', async () => {
    world.sandbox.setViews('U0MAYA', [
      { ...modal('V1'), warning: 'We had some trouble connecting. Try again?' },
    ]);
    const { page } = await openWorkspace(world);

    await page.getByText('We had some trouble connecting. Try again?').waitFor();
  });
});
