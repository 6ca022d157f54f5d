import { describe, expect, it } from 'vitest';
import { refusalOf, startWorkspace } from './harness.ts';
import { container, modal, plain, section, table } from './samples.ts';

/** Calls it as anybody may: with no token. */
async function validate(origin: string, body: object): Promise<unknown> {
  const response = await fetch(`${origin}/api/blocks.validate`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return response.json();
}

describe('blocks.validate', () => {
  it('needs no token and says that right blocks are right', async () => {
    const { origin } = await startWorkspace();

    expect(await validate(origin, { blocks: [section()] })).toEqual({ ok: true });
    expect(await validate(origin, { view: modal() })).toEqual({ ok: true });
    expect(await validate(origin, { view: { type: 'home', blocks: [] } })).toEqual({ ok: true });
    expect(await validate(origin, { message: { text: 'x', blocks: [section()] } })).toEqual({ ok: true });
  });

  it('says of blocks what is wrong and where, from the list on', async () => {
    const { origin } = await startWorkspace();

    expect(await validate(origin, { blocks: [section({ text: { type: 'invalid', text: 'x' } })] })).toEqual({
      ok: false,
      error: 'invalid_blocks',
      errors: [
        {
          pointer: '/0/text/type',
          code: 'failed_constraint',
          message: 'unsupported type: invalid',
          constraint: { type: 'enum', expected: ['plain_text', 'mrkdwn'], got: 'invalid' },
        },
      ],
    });
  });

  it('names the field that is missing or one too many', async () => {
    const { origin } = await startWorkspace();

    expect(await validate(origin, { blocks: [{ type: 'header', colour: 'red' }] })).toEqual({
      ok: false,
      error: 'invalid_blocks',
      errors: [
        { pointer: '/0', code: 'failed_constraint', message: 'missing required field: text', field: 'text' },
        {
          pointer: '/0',
          code: 'failed_constraint',
          message: 'invalid additional property: colour',
          field: 'colour',
        },
      ],
    });
  });

  it('says of a message what is wrong with its blocks and its attachments', async () => {
    const { origin } = await startWorkspace();
    const message = {
      blocks: [container({ child_blocks: [{ type: 'markdown', text: 'x' }] })],
      attachments: [{ blocks: [{ type: 'section' }] }],
    };

    expect(await validate(origin, { message })).toMatchObject({
      error: 'invalid_message',
      errors: [
        { pointer: '/blocks/0/child_blocks/0/type', message: 'unsupported type: markdown' },
        { pointer: '/attachments/0/blocks/0', message: 'must define either `text` or `fields`' },
      ],
    });
  });

  it('says of a view what is wrong with it, by the rules of its type', async () => {
    const { origin } = await startWorkspace();

    expect(await validate(origin, { view: modal({ title: plain('x'.repeat(25)) }) })).toMatchObject({
      error: 'invalid_view',
      errors: [{ pointer: '/title/text', message: 'must be less than 25 characters' }],
    });
    expect(await validate(origin, { view: { type: 'home', blocks: [], title: plain() } })).toMatchObject({
      error: 'invalid_view',
      errors: [{ pointer: '', message: 'invalid additional property: title' }],
    });
  });

  it('knows what this workspace knows', async () => {
    const { origin, slack } = await startWorkspace();
    slack.configure({ newBlocks: false });

    expect(await validate(origin, { blocks: [table(1)] })).toMatchObject({
      error: 'invalid_blocks',
      errors: [{ pointer: '/0/type', message: 'unsupported type: table' }],
    });
  });

  it('takes exactly one of blocks, message and view', async () => {
    const { origin } = await startWorkspace();
    const refusal = {
      ok: false,
      error: 'invalid_arguments',
      response_metadata: { messages: ['must provide exactly one of `blocks`, `view`, or `message`'] },
    };

    expect(await validate(origin, {})).toEqual(refusal);
    expect(await validate(origin, { blocks: [], view: modal() })).toEqual(refusal);
  });

  it('takes what a real client sends, which is JSON within a form', async () => {
    const { client } = await startWorkspace();

    await expect(client.apiCall('blocks.validate', { blocks: [section()] })).resolves.toMatchObject({
      ok: true,
    });
    expect(await refusalOf(client.apiCall('blocks.validate', { blocks: 'no JSON' }))).toMatchObject({
      error: 'invalid_blocks',
      errors: [{ pointer: '', message: 'must provide an array' }],
    });
  });
});
