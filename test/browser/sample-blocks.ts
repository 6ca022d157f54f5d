/** One message as Forge writes it while a deployment runs, and one with every block that the page can draw. */
export const DEPLOYMENT_BLOCKS = deploymentBlocks({ verifying: 'in_progress' });

export function deploymentBlocks({ verifying }: { verifying: string }): unknown[] {
  return [
    {
      type: 'header',
      block_id: 'h',
      text: { type: 'plain_text', text: 'api v1.1.0 → staging', emoji: true },
    },
    {
      type: 'section',
      block_id: 's',
      fields: [
        { type: 'mrkdwn', text: '*Deployment*\n#142 · rolling' },
        { type: 'mrkdwn', text: '*Requested by*\n<@U0MAYA>' },
        {
          type: 'mrkdwn',
          text: '*Started*\n<!date^1763769600^{date_short_pretty} {time}|22 Nov 2025 00:00 UTC>',
        },
        { type: 'mrkdwn', text: '*Why*\n&lt;fix&gt; for the checkout &amp; cart' },
      ],
    },
    {
      type: 'plan',
      block_id: 'p',
      title: 'Deploying, 60 % done',
      tasks: [
        task('checks', 'Checks passed', 'complete', 'unit-tests: 214 passed'),
        task('start', 'Start v1.1.0 in us-east-1', 'complete'),
        task('verify', 'Verify health', verifying, '2 of 2 tasks healthy'),
        task('smoke', 'Smoke test', 'pending'),
      ],
    },
    {
      type: 'context',
      block_id: 'c',
      elements: [{ type: 'mrkdwn', text: ':hourglass_flowing_sand: About 40 s of machine time left' }],
    },
    {
      type: 'actions',
      block_id: 'a',
      elements: [
        { type: 'button', action_id: 'pause', text: { type: 'plain_text', text: 'Pause' }, value: '142' },
        {
          type: 'button',
          action_id: 'rollback',
          style: 'danger',
          text: { type: 'plain_text', text: 'Roll back' },
          value: '142-now',
          confirm: {
            title: { type: 'plain_text', text: 'Roll back api in staging?' },
            text: { type: 'mrkdwn', text: 'From *v1.1.0* to *v1.0.0*, in about 20 s.' },
            confirm: { type: 'plain_text', text: 'Roll back' },
            deny: { type: 'plain_text', text: 'Keep v1.1.0' },
            style: 'danger',
          },
        },
      ],
    },
  ];
}

function task(id: string, title: string, status: string, output?: string): unknown {
  return { type: 'task_card', task_id: id, title, status, ...(output && { output: richText(output) }) };
}

function richText(text: string): unknown {
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }] };
}

const plain = (text: string): unknown => ({ type: 'plain_text', text, emoji: true });
const option = (value: string): unknown => ({ text: plain(`Option ${value}`), value });

export const EVERY_BLOCK: unknown[] = [
  {
    type: 'section',
    block_id: 'b1',
    text: {
      type: 'mrkdwn',
      text: '*bold* _italic_ ~strike~ `code`\n>quoted\n```pre```\n<https://example.com|site> <!here> :rocket: :unknown_one:',
    },
    accessory: { type: 'overflow', action_id: 'more', options: [option('one'), option('two')] },
  },
  { type: 'divider', block_id: 'b2' },
  {
    type: 'image',
    block_id: 'b3',
    image_url: 'https://example.com/chart.png',
    alt_text: 'A chart of requests',
  },
  {
    type: 'rich_text',
    block_id: 'b4',
    elements: [
      {
        type: 'rich_text_section',
        elements: [
          { type: 'text', text: 'bold', style: { bold: true } },
          { type: 'text', text: ' and ' },
          { type: 'user', user_id: 'U0LENA' },
          { type: 'channel', channel_id: 'C0GENERAL' },
          { type: 'emoji', name: 'warning' },
        ],
      },
      {
        type: 'rich_text_list',
        style: 'bullet',
        elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'listed' }] }],
      },
      { type: 'rich_text_preformatted', elements: [{ type: 'text', text: 'exit code 1' }] },
    ],
  },
  { type: 'markdown', block_id: 'b5', text: '## A heading\n\n- first **point**\n- second' },
  {
    type: 'table',
    block_id: 'b6',
    column_settings: [{ align: 'left' }, { align: 'right' }],
    rows: [
      [
        { type: 'raw_text', text: 'Version' },
        { type: 'raw_text', text: 'Requests' },
      ],
      [
        { type: 'raw_text', text: 'v1.0.0' },
        { type: 'raw_number', value: 12, text: '12' },
      ],
    ],
  },
  {
    type: 'container',
    block_id: 'b7',
    title: plain('All changes'),
    is_collapsible: true,
    default_collapsed: true,
    child_blocks: [{ type: 'section', text: plain('inside the container') }],
  },
  {
    type: 'card',
    block_id: 'b8',
    title: { type: 'mrkdwn', text: 'A card' },
    body: { type: 'mrkdwn', text: 'Its body' },
  },
  {
    type: 'actions',
    block_id: 'b9',
    elements: [
      {
        type: 'static_select',
        action_id: 'pick',
        placeholder: plain('Pick one'),
        options: [option('one'), option('two')],
      },
      { type: 'checkboxes', action_id: 'boxes', options: [option('three')] },
      { type: 'datepicker', action_id: 'day', initial_date: '2026-11-22' },
      {
        type: 'button',
        action_id: 'go',
        style: 'primary',
        text: plain('Open :rocket:'),
        url: 'https://example.com/',
      },
    ],
  },
  { type: 'hologram', block_id: 'b10' },
];

export function deployForm(): Record<string, unknown> {
  return {
    type: 'modal',
    callback_id: 'deploy',
    title: plain('Deploy a service'),
    submit: plain('Deploy'),
    close: plain('Cancel'),
    blocks: [
      {
        type: 'input',
        block_id: 'service',
        label: plain('Service'),
        element: {
          type: 'static_select',
          action_id: 'value',
          placeholder: plain('Choose'),
          options: [option('api'), option('worker')],
        },
      },
      {
        type: 'input',
        block_id: 'ref',
        label: plain('Version, branch or commit'),
        hint: plain('Empty means the newest release of main.'),
        optional: true,
        element: { type: 'plain_text_input', action_id: 'value', placeholder: plain('v1.1.0') },
      },
      {
        type: 'input',
        block_id: 'reason',
        label: plain('Why'),
        element: { type: 'plain_text_input', action_id: 'value', multiline: true },
      },
      {
        type: 'input',
        block_id: 'notify',
        label: plain('Tell'),
        optional: true,
        element: { type: 'multi_static_select', action_id: 'value', options: [option('one'), option('two')] },
      },
      {
        type: 'input',
        block_id: 'start',
        label: plain('Start'),
        optional: true,
        element: { type: 'radio_buttons', action_id: 'value', options: [option('now'), option('later')] },
      },
    ],
  };
}
