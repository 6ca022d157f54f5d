import { describe, expect, it } from 'vitest';
import { refusalOf, startWorkspace, type TestWorkspace } from './harness.ts';
import { letters, paragraph, plain, section, several, table } from './samples.ts';

/** Untyped, so that what is wrong can be sent. */
const post = ({ client }: TestWorkspace, message: object) =>
  client.apiCall('chat.postMessage', { channel: 'C0DEPLOYS', ...message });
const edit = async (workspace: TestWorkspace, change: object) => {
  const { ts } = await workspace.client.chat.postMessage({ channel: 'C0DEPLOYS', text: 'before' });
  return workspace.client.apiCall('chat.update', { channel: 'C0DEPLOYS', ts, ...change });
};
const lines = (...all: string[]) => ({
  errors: all,
  response_metadata: { messages: all.map((line) => `[ERROR] ${line}`) },
});

describe('a message', () => {
  it('whose blocks are wrong is refused as invalid_blocks, with each line twice', async () => {
    const workspace = await startWorkspace();

    expect(await refusalOf(post(workspace, { text: 'x', blocks: [{ type: 'section' }] }))).toMatchObject({
      error: 'invalid_blocks',
      ...lines('must define either `text` or `fields` [json-pointer:/blocks/0]'),
    });
    expect(await refusalOf(edit(workspace, { blocks: [{ type: 'file' }] }))).toMatchObject({
      error: 'invalid_blocks',
      ...lines('unsupported type: file [json-pointer:/blocks/0/type]'),
    });
  });

  it('whose blocks are no list is refused as invalid_blocks_format', async () => {
    const workspace = await startWorkspace();

    expect(await refusalOf(post(workspace, { text: 'x', blocks: '{"type":"divider"}' }))).toMatchObject({
      error: 'invalid_blocks_format',
    });
  });

  it('with two tables is refused as Slack refuses attachments', async () => {
    const workspace = await startWorkspace();

    expect(await refusalOf(post(workspace, { text: 'x', blocks: [table(1), table(1)] }))).toMatchObject({
      error: 'invalid_attachments',
      ...lines('only_one_table_allowed [json-pointer:/blocks/1]'),
    });
  });

  it('with too much text in its blocks is refused as msg_blocks_too_long', async () => {
    const workspace = await startWorkspace();
    const blocks = (count: number) => several(count, () => section({ text: plain(letters(3000)) }));

    await expect(post(workspace, { text: 'x', blocks: blocks(4) })).resolves.toMatchObject({ ok: true });
    expect(await refusalOf(post(workspace, { text: 'x', blocks: blocks(5) }))).toMatchObject({
      error: 'msg_blocks_too_long',
    });
    expect(await refusalOf(edit(workspace, { text: 'x', blocks: blocks(5) }))).toMatchObject({
      error: 'msg_blocks_too_long',
    });
  });

  it('is cut at 40,000 characters when posted, and never through an emoji', async () => {
    const workspace = await startWorkspace();

    expect(await post(workspace, { text: letters(40_001) })).toMatchObject({
      message: { text: letters(40_000) },
    });
    expect(await post(workspace, { text: `${letters(39_999)}🚀` })).toMatchObject({
      message: { text: `${letters(39_999)}\uFFFD` },
    });
  });

  it('is edited to at most 4,000 characters', async () => {
    const workspace = await startWorkspace();

    await expect(edit(workspace, { text: letters(4000) })).resolves.toMatchObject({ ok: true });
    expect(await refusalOf(edit(workspace, { text: letters(4001) }))).toMatchObject({
      error: 'msg_too_long',
    });
  });

  it('has metadata of at most 16,000 bytes', async () => {
    const workspace = await startWorkspace();
    const around = JSON.stringify({ event_type: 'x', event_payload: { text: '' } }).length;
    const metadata = (text: string) => ({ event_type: 'x', event_payload: { text } });

    await expect(
      post(workspace, { text: 'x', metadata: metadata(letters(16_000 - around)) }),
    ).resolves.toMatchObject({ ok: true });
    expect(
      await refusalOf(post(workspace, { text: 'x', metadata: metadata(letters(16_001 - around)) })),
    ).toMatchObject({ error: 'metadata_too_large' });
    expect(
      await refusalOf(post(workspace, { text: 'x', metadata: metadata('é'.repeat(8000)) })),
    ).toMatchObject({
      error: 'metadata_too_large',
    });
  });

  it('has at most 100 attachments, whose blocks keep the same rules', async () => {
    const workspace = await startWorkspace();
    const attachments = (count: number) => several(count, () => ({ text: 'x' }));

    await expect(post(workspace, { attachments: attachments(100) })).resolves.toMatchObject({ ok: true });
    expect(await refusalOf(post(workspace, { attachments: attachments(101) }))).toMatchObject({
      error: 'too_many_attachments',
    });
    const broken = [{ text: 'x' }, { blocks: [paragraph(), { type: 'section' }] }];
    expect(await refusalOf(post(workspace, { attachments: broken }))).toMatchObject({
      error: 'invalid_blocks',
      ...lines('must define either `text` or `fields` [json-pointer:/attachments/1/blocks/1]'),
    });
  });

  it('gets back the ids of its blocks, made up where none were given, but never that of Markdown', async () => {
    const workspace = await startWorkspace();
    const card = { type: 'card', title: plain(), actions: [{ type: 'button', text: plain() }] };
    const blocks = [
      { type: 'divider', block_id: 'mine' },
      { type: 'markdown', text: 'x', block_id: 'mine too' },
      { type: 'carousel', elements: [card] },
    ];

    const made = expect.stringMatching(/^\S{5}$/);
    await expect(post(workspace, { text: 'x', blocks })).resolves.toMatchObject({
      message: {
        blocks: [
          { block_id: 'mine' },
          { block_id: made },
          { block_id: made, elements: [{ block_id: made, actions: [{ action_id: made }] }] },
        ],
      },
    });
  });
});
