import { describe, expect, it } from 'vitest';
import { ok } from './fake-sandbox.ts';
import { openWorkspace } from './workspace-page.ts';
import { useBrowserWorld } from './world.ts';

const world = useBrowserWorld();

const plain = (text: string) => ({ type: 'plain_text', text });
const cell = (text: string) => ({ type: 'raw_text', text });
const count = (value: number) => ({ type: 'raw_number', value, text: String(value) });
const option = (value: string) => ({ text: plain(`Release ${value}`), value });

const TABLE = {
  type: 'data_table',
  block_id: 't',
  caption: 'Releases of this week',
  page_size: 2,
  row_header_column_index: 0,
  rows: [
    [cell('Release'), cell('Requests')],
    [cell('v1.0.0'), count(20)],
    [cell('v1.1.0'), count(110)],
    [cell('v1.2.0'), count(9)],
  ],
};

describe('a data table', () => {
  it('is sorted and leafed through by hand, and an edit of the message leaves it so', async () => {
    const ts = world.sandbox.post('deploys', { blocks: [TABLE] });
    const { page, problems } = await openWorkspace(world);
    const table = page.getByRole('region', { name: 'Releases of this week' });
    await page.getByText('Page 1 of 2').waitFor();
    const first = () => table.locator('tbody tr').first().innerText();

    await table.getByRole('button', { name: 'Requests' }).click();
    const least = await first();
    await table.getByRole('button', { name: 'Requests' }).click();
    const most = await first();
    world.sandbox.edit('deploys', ts, { blocks: [TABLE], edited: true });
    await page.getByText('(edited)').waitFor();

    expect([least, most, await first()]).toEqual(['v1.2.0\t9', 'v1.1.0\t110', 'v1.1.0\t110']);
    expect(await table.locator('[aria-sort=descending]').innerText()).toBe('Requests');
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByText('Page 2 of 2').waitFor();
    expect(await table.locator('tbody tr').count()).toBe(1);
    expect(problems).toEqual([]);
  });
});

describe('cards, small buttons and what is only named', () => {
  it('are drawn', async () => {
    const card = (title: string) => ({
      type: 'card',
      title: { type: 'mrkdwn', text: title },
      actions: [{ type: 'button', action_id: `open-${title}`, text: plain(`Open ${title}`) }],
    });
    world.sandbox.post('deploys', {
      blocks: [
        { type: 'carousel', block_id: 'c', elements: [card('api'), card('worker')] },
        {
          type: 'context_actions',
          block_id: 'a',
          elements: [
            { type: 'icon_button', action_id: 'drop', icon: 'trash', text: plain('Discard'), value: '7' },
            {
              type: 'icon_button',
              action_id: 'other',
              icon: 'trash',
              text: plain('For Lena'),
              visible_to_user_ids: ['U0LENA'],
            },
            {
              type: 'feedback_buttons',
              action_id: 'opinion',
              positive_button: { text: plain('Good'), value: 'good' },
              negative_button: { text: plain('Bad'), value: 'bad' },
            },
          ],
        },
        { type: 'video', block_id: 'v', title: plain('How to roll back'), alt_text: 'x' },
        { type: 'data_visualization', block_id: 'd', title: 'Errors by day' },
      ],
    });
    const { page, problems } = await openWorkspace(world);

    await page.getByRole('region', { name: 'Cards' }).getByRole('button', { name: 'Open worker' }).waitFor();
    await page.getByRole('button', { name: 'Discard' }).click();
    await expect
      .poll(() => world.sandbox.sentTo('/sandbox/click'))
      .toMatchObject([{ action_id: 'drop', block_id: 'a', value: '7' }]);
    expect(await page.getByRole('button', { name: 'For Lena' }).count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Good' }).isDisabled()).toBe(true);
    await page.getByText('Video: How to roll back').waitFor();
    await page.getByText('Chart: Errors by day').waitFor();
    expect(await page.locator('.unsupported').count()).toBe(0);
    expect(problems).toEqual([]);
  });
});

describe('a menu whose options come from Forge', () => {
  const form = {
    type: 'modal',
    title: plain('Choose'),
    submit: plain('Go'),
    blocks: [
      {
        type: 'input',
        block_id: 'release',
        label: plain('Release'),
        element: { type: 'external_select', action_id: 'value', min_query_length: 2 },
      },
      {
        type: 'input',
        block_id: 'others',
        optional: true,
        label: plain('Others'),
        element: { type: 'multi_external_select', action_id: 'value', min_query_length: 0 },
      },
      {
        type: 'input',
        block_id: 'note',
        label: plain('Note'),
        element: { type: 'rich_text_input', action_id: 'value' },
      },
    ],
  };

  function suggestReleases(): void {
    world.sandbox.setViews('U0MAYA', [{ id: 'V1', type: 'modal', view: form, hash: 'h' }]);
    world.sandbox.answers.set('/sandbox/suggest', ({ value }) =>
      ok({
        acked: true,
        ms: 3,
        options: ['v1.0.0', 'v1.1.0'].filter((one) => one.includes(String(value))).map(option),
      }),
    );
  }

  it('asks while one types, and is submitted with whole options and rich text', async () => {
    suggestReleases();
    const { page, problems } = await openWorkspace(world);
    const dialog = page.getByRole('dialog', { name: 'Choose' });
    await dialog.getByLabel('Release').pressSequentially('v');
    await dialog.getByText('Type at least 2 characters.').waitFor();

    await dialog.getByLabel('Release').pressSequentially('1.1');
    await dialog.getByRole('button', { name: 'Release v1.1.0', exact: true }).click();
    await dialog.getByLabel('Others').focus();
    await dialog.getByRole('button', { name: 'Release v1.0.0', exact: true }).click();
    await dialog.getByLabel('Note').fill('for the checkout');
    world.sandbox.tellState();
    await dialog.getByRole('button', { name: 'Go' }).click();

    await expect.poll(() => world.sandbox.sentTo('/sandbox/submit').length).toBe(1);
    expect(world.sandbox.sentTo('/sandbox/submit')[0]?.values).toEqual({
      release: { value: option('v1.1.0') },
      others: { value: [option('v1.0.0')] },
      note: {
        value: {
          type: 'rich_text',
          elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'for the checkout' }] }],
        },
      },
    });
    expect(world.sandbox.sentTo('/sandbox/suggest')[0]).toEqual({
      as: 'U0MAYA',
      view_id: 'V1',
      action_id: 'value',
      block_id: 'release',
      value: 'v1.1',
    });
    expect(problems).toEqual([]);
  });

  it('says why there is nothing to choose', async () => {
    suggestReleases();
    world.sandbox.answers.set('/sandbox/suggest', () => ok({ acked: false, error: 'operation_timeout' }));
    const { page } = await openWorkspace(world);

    await page.getByLabel('Release').fill('v1');

    await page.getByText('operation_timeout').waitFor();
  });

  it('forgets what was removed again', async () => {
    suggestReleases();
    const { page } = await openWorkspace(world);
    await page.getByLabel('Release').fill('v1.1');
    await page.getByRole('button', { name: 'Release v1.1.0', exact: true }).click();

    await page.getByRole('button', { name: 'Remove Release v1.1.0' }).click();
    await page.getByRole('button', { name: 'Go' }).click();

    await expect.poll(() => page.getByText('Please complete this required field.').count()).toBe(2);
  });
});

describe('shortcuts', () => {
  it('of the app stand in the menu beside the line, those of messages in each message', async () => {
    world.sandbox.shortcuts = [
      { name: 'Deploy something', type: 'global', callbackId: 'deploy' },
      { name: 'Undo this', type: 'message', callbackId: 'undo' },
    ];
    const ts = world.sandbox.post('deploys', { text: 'Deployed' });
    const { page } = await openWorkspace(world);

    await page.getByRole('button', { name: 'Shortcuts', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Deploy something' }).click();
    await page.getByRole('button', { name: 'Message shortcuts' }).click();
    await page.getByRole('menuitem', { name: 'Undo this' }).click();

    await expect
      .poll(() => world.sandbox.sentTo('/sandbox/shortcut'))
      .toEqual([
        { as: 'U0MAYA', callback_id: 'deploy' },
        { as: 'U0MAYA', callback_id: 'undo', channel: 'deploys', ts },
      ]);
  });

  it('have no menu in an app without any', async () => {
    world.sandbox.post('deploys', { text: 'Deployed' });
    const { page } = await openWorkspace(world);

    await page.getByText('Deployed').waitFor();
    expect(await page.getByRole('button', { name: 'hortcuts' }).count()).toBe(0);
  });
});
