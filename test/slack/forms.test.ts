import { setTimeout as wait } from 'node:timers/promises';
import type { ModalView } from '@slack/types';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/domain/errors.ts';
import type { Incoming, Reception } from '../../src/ports/incoming.ts';
import { startForge } from './harness.ts';

const SAM = 'U0SAM';

describe('a sent form', () => {
  it('arrives with the values of its fields', async () => {
    const { slack, processed, viewId } = await openForm();

    const submission = await slack.submit({ as: SAM, view_id: viewId, values: { why: { text: 'hotfix' } } });
    await expect.poll(() => processed.at(-1)?.kind).toBe('submission');

    expect(submission).toMatchObject({ acked: true });
    expect(processed.at(-1)).toMatchObject({
      kind: 'submission',
      userId: SAM,
      callbackId: 'deploy-form',
      viewId,
      privateMetadata: '{"channel":"C0DEPLOYS"}',
      values: { why: { text: 'hotfix' } },
    });
    expect(slack.views(SAM)).toEqual([]);
  });

  it('with errors stays open, shows them, and is neither kept nor done', async () => {
    const { slack, processed, viewId } = await openForm({
      check: async () => ({ kind: 'errors', errors: { why: 'Say why in more than one word.' } }),
    });

    const submission = await slack.submit({ as: SAM, view_id: viewId, values: { why: { text: 'hotfix' } } });
    await wait(50);

    expect(submission.errors).toEqual({ why: 'Say why in more than one word.' });
    expect(slack.views(SAM)).toHaveLength(1);
    expect(processed.map(({ kind }) => kind)).toEqual(['command']);
  });

  it('that could not be kept stays open and says so on its first field', async () => {
    const { slack, processed, viewId } = await openForm({
      keep: async (incoming) => {
        if (incoming.kind === 'submission') throw new Error('disk full');
        return true;
      },
    });

    const submission = await slack.submit({ as: SAM, view_id: viewId, values: { why: { text: 'hotfix' } } });

    expect(submission.errors).toEqual({ why: expect.stringContaining('nothing was done') });
    expect(processed.map(({ kind }) => kind)).toEqual(['command']);
  });

  it('that Forge refuses as a whole says why on its first field, and is no fault', async () => {
    const { slack, lines, viewId } = await openForm({
      check: () => Promise.reject(new UserError('This form belongs to another version of Forge.')),
    });

    const submission = await slack.submit({ as: SAM, view_id: viewId, values: { why: { text: 'hotfix' } } });

    expect(submission.errors).toEqual({ why: 'This form belongs to another version of Forge.' });
    expect(lines.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('that is closed instead arrives as a closing', async () => {
    const { slack, processed, viewId } = await openForm();

    await slack.close({ as: SAM, view_id: viewId });

    await expect
      .poll(() => processed.at(-1))
      .toMatchObject({ kind: 'closing', viewId, callbackId: 'deploy-form' });
  });
});

describe('the App Home', () => {
  it('tells when somebody opens it, once for each time', async () => {
    const { slack, setFaults, processed } = await startForge();
    setFaults({ operation: 'deliver:events_api', kind: 'cut-after' });

    await slack.openHome(SAM);
    await expect.poll(() => processed).toHaveLength(1);
    await wait(50);

    expect(processed).toMatchObject([{ kind: 'home-opened', userId: SAM }]);
  });
});

describe('things that arrive in the same tick', () => {
  it('are begun with the sent forms, and end with the App Home', async () => {
    const gate = Promise.withResolvers<boolean>();
    const { slack, calls, viewId } = await openForm({
      keep: (incoming) => keepAfter(gate.promise, incoming),
    });
    calls.length = 0;

    const home = slack.openHome('U0MAYA');
    const command = slack.command({ as: 'U0LENA', channel: 'deploys', text: '/forge status' });
    const form = slack.submit({ as: SAM, view_id: viewId, values: { why: { text: 'hotfix' } } });
    await wait(100);
    gate.resolve(true);
    await Promise.all([home, command, form]);

    await expect.poll(() => calls).toHaveLength(3);
    expect(calls).toEqual(['process submission', 'process command', 'process home-opened']);
  });
});

function keepAfter(gate: Promise<boolean>, incoming: Incoming): Promise<boolean> {
  const isOpening = incoming.kind === 'command' && incoming.userId === SAM;
  return isOpening ? Promise.resolve(true) : gate;
}

/** A form as a command opens it, on Sam's screen. */
async function openForm(changes: Partial<Reception> = {}) {
  const parts = await startForge(changes);
  await parts.slack.command({ as: SAM, channel: 'deploys', text: '/forge deploy' });
  await expect.poll(() => parts.processed).toHaveLength(1);
  const [command] = parts.processed;
  if (command?.kind !== 'command') throw new Error('The command did not arrive');
  await parts.forge.replies.openForm({ userId: SAM, triggerId: command.triggerId }, form);
  const viewId = parts.slack.views(SAM)[0]?.id ?? '';
  return { ...parts, viewId };
}

const form: ModalView = {
  type: 'modal',
  callback_id: 'deploy-form',
  private_metadata: '{"channel":"C0DEPLOYS"}',
  title: { type: 'plain_text', text: 'Deploy' },
  submit: { type: 'plain_text', text: 'Deploy' },
  notify_on_close: true,
  blocks: [
    {
      type: 'input',
      block_id: 'why',
      label: { type: 'plain_text', text: 'Why' },
      element: { type: 'plain_text_input', action_id: 'text' },
    },
  ],
};
