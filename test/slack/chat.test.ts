import type { KnownBlock } from '@slack/types';
import { describe, expect, it } from 'vitest';
import { connectForge, type TestSlack } from './harness.ts';

const SAM = 'U0SAM';
const message = { text: 'Deploying v1.2.0', blocks: [section('Deploying *v1.2.0*')] };

describe('a post', () => {
  it('appears in the channel and says where', async () => {
    const { forge, slack } = await connectForge();

    const result = await forge.chat.post({ id: '142', channel: 'C0DEPLOYS', message });

    expect(result).toEqual({ kind: 'done', channel: 'C0DEPLOYS', ts: expect.stringMatching(/^\d+\.\d{6}$/) });
    expect(slack.messages('deploys', SAM)).toMatchObject([{ text: 'Deploying v1.2.0', user: 'U0FORGE' }]);
  });

  it('to a person arrives as a direct message', async () => {
    const { forge, slack } = await connectForge();

    const result = await forge.chat.post({ id: '142/approve', channel: SAM, message });

    expect(result).toMatchObject({ kind: 'done', channel: 'D0SAM' });
    expect(slack.messages('D0SAM', SAM)).toMatchObject([{ text: 'Deploying v1.2.0' }]);
  });

  it('in a thread stays there unless it is broadcast', async () => {
    const { forge, slack } = await connectForge();
    const parent = await posted(forge, '142');

    await forge.chat.post({ id: '142/1', channel: 'C0DEPLOYS', threadTs: parent, message });
    await forge.chat.post({ id: '142/2', channel: 'C0DEPLOYS', threadTs: parent, broadcast: true, message });

    const [, quiet, loud] = slack.messages('deploys', SAM);
    expect(quiet).toMatchObject({ threadTs: parent });
    expect(quiet?.broadcast ?? false).toBe(false);
    expect(loud).toMatchObject({ threadTs: parent, broadcast: true });
  });

  it('does not turn names in its words into mentions', async () => {
    const { forge, slack } = await connectForge();

    await forge.chat.post({ id: '1', channel: 'C0DEPLOYS', message: { text: 'by @lena', blocks: [] } });

    expect(slack.messages('deploys', SAM)).toMatchObject([{ text: 'by @lena' }]);
  });

  it('that comes too fast is limited, and not repeated by itself', async () => {
    const { forge, slack, setFaults } = await connectForge();
    setFaults({ operation: 'chat.postMessage', kind: 'throttle' });

    const result = await forge.chat.post({ id: '142', channel: 'C0DEPLOYS', message });

    expect(result).toEqual({ kind: 'limited', retryAfterMs: 1_000 });
    expect(slack.messages('deploys', SAM)).toEqual([]);
  });

  it.each([
    { channel: 'C0GENERAL', code: 'not_in_channel' },
    { channel: 'C0NOWHERE', code: 'channel_not_found' },
    { channel: 'C0RETIRED', code: 'is_archived' },
  ])('to $channel is refused with $code', async ({ channel, code }) => {
    const { forge } = await connectForge();

    const result = await forge.chat.post({ id: '142', channel, message });

    expect(result).toMatchObject({ kind: 'refused', code, detail: expect.stringContaining(code) });
  });

  it('with a block that breaks a rule is refused with what Slack says about it', async () => {
    const { forge } = await connectForge();
    const blocks = [section('x'.repeat(3_001))];

    const result = await forge.chat.post({
      id: '142',
      channel: 'C0DEPLOYS',
      message: { text: 'long', blocks },
    });

    expect(result).toMatchObject({
      kind: 'refused',
      code: 'invalid_blocks',
      detail: expect.stringContaining('must be less than 3001 characters [json-pointer:/blocks/0/text/text]'),
    });
  });

  it.each([
    { kind: 'cut-after' as const, arrived: 1 },
    { kind: 'cut-before' as const, arrived: 0 },
    { kind: 'error' as const, arrived: 0 },
  ])('is unclear after $kind, and is not repeated by itself', async ({ kind, arrived }) => {
    const { forge, slack, setFaults } = await connectForge();
    setFaults({ operation: 'chat.postMessage', kind });

    const result = await forge.chat.post({ id: '142', channel: 'C0DEPLOYS', message });

    expect(result).toMatchObject({ kind: 'unclear' });
    expect(slack.messages('deploys', SAM)).toHaveLength(arrived);
  });

  it('with a block the workspace does not know says which, and Forge remembers', async () => {
    const { forge, slack } = await connectForge();
    slack.configure({ newBlocks: false });

    const before = [...forge.chat.unsupported];
    const result = await forge.chat.post({ id: '142', channel: 'C0DEPLOYS', message: planMessage() });

    expect(before).toEqual([]);
    expect(result).toEqual({ kind: 'unsupported-block', type: 'plan' });
    expect([...forge.chat.unsupported]).toEqual(['plan']);
  });
});

describe('an update', () => {
  it('replaces words and blocks', async () => {
    const { forge, slack } = await connectForge();
    const ts = await posted(forge, '142');

    const result = await forge.chat.update({
      channel: 'C0DEPLOYS',
      ts,
      message: { text: 'Done', blocks: [section('Done')] },
    });

    expect(result).toEqual({ kind: 'done', channel: 'C0DEPLOYS', ts });
    expect(slack.messages('deploys', SAM)).toMatchObject([{ text: 'Done' }]);
  });

  it('of a message that is gone is refused', async () => {
    const { forge } = await connectForge();

    const result = await forge.chat.update({ channel: 'C0DEPLOYS', ts: '1.000001', message });

    expect(result).toMatchObject({ kind: 'refused', code: 'message_not_found' });
  });

  it('that comes too fast is limited at once, without holding up anything else', async () => {
    const { forge, setFaults } = await connectForge();
    const ts = await posted(forge, '142');
    setFaults({ operation: 'chat.update', kind: 'throttle' });

    const [limited, other] = await Promise.all([
      forge.chat.update({ channel: 'C0DEPLOYS', ts, message }),
      forge.chat.post({ id: '143', channel: 'C0DEPLOYS', message }),
    ]);

    expect(limited).toEqual({ kind: 'limited', retryAfterMs: 1_000 });
    expect(other).toMatchObject({ kind: 'done' });
  });
});

describe('a link to a message', () => {
  it('is given', async () => {
    const { forge } = await connectForge();
    const ts = await posted(forge, '142');

    const link = await forge.chat.permalink({ channel: 'C0DEPLOYS', ts });

    expect(link).toContain('C0DEPLOYS');
  });

  it('is undefined when Slack gives none', async () => {
    const { forge } = await connectForge();

    expect(await forge.chat.permalink({ channel: 'C0DEPLOYS', ts: '1.000001' })).toBeUndefined();
  });
});

async function posted(forge: TestSlack['forge'], id: string): Promise<string> {
  const result = await forge.chat.post({ id, channel: 'C0DEPLOYS', message });
  if (result.kind !== 'done') throw new Error(`${id} was not posted: ${result.kind}`);
  return result.ts;
}

function section(text: string): KnownBlock {
  return { type: 'section', text: { type: 'mrkdwn', text } };
}

function planMessage(): { text: string; blocks: KnownBlock[] } {
  const tasks = [
    { type: 'task_card' as const, task_id: 'start', title: 'Start', status: 'in_progress' as const },
  ];
  return { text: 'Deploying', blocks: [{ type: 'plan', title: 'Deploying', tasks }] };
}
