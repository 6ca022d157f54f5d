import type { HomeView, KnownBlock, ModalView } from '@slack/types';
import { describe, expect, it } from 'vitest';
import { replyAddressOf } from '../../src/ports/incoming.ts';
import { connectForge, receptionWith } from './harness.ts';

const SAM = 'U0SAM';

describe('a private answer', () => {
  it('is shown to that person only, also where Forge is not a member', async () => {
    const { forge, slack, address } = await addressFrom('general');

    await forge.replies.privately(address, { text: 'Only you can see this', blocks: [] });

    expect(slack.messages('general', SAM)).toMatchObject([
      { text: 'Only you can see this', ephemeral: true },
    ]);
    expect(slack.messages('general', 'U0MAYA')).toEqual([]);
  });

  it('still arrives when the address was used up', async () => {
    const { forge, slack, address } = await addressFrom('deploys');
    for (const use of ['1', '2', '3', '4', '5', '6']) {
      await forge.replies.privately(address, { text: `answer ${use}`, blocks: [] });
    }

    const texts = slack.messages('deploys', SAM).map((message) => message.text);

    expect(texts).toEqual(['answer 1', 'answer 2', 'answer 3', 'answer 4', 'answer 5', 'answer 6']);
    expect(slack.messages('deploys', 'U0MAYA')).toEqual([]);
  });

  it('comes as a direct message when neither the address nor the channel takes it', async () => {
    const { forge, slack, address, clock } = await addressFrom('general');
    clock.moveBy(31 * 60_000);

    await forge.replies.privately(address, { text: 'Late, but here', blocks: [] });

    expect(slack.messages('general', SAM)).toEqual([]);
    expect(slack.messages('D0SAM', SAM)).toMatchObject([{ text: 'Late, but here' }]);
  });

  it('that cannot reach the person is logged with every reason, and nothing breaks', async () => {
    const { forge, setFaults, lines } = await connectForge();
    setFaults({ operation: 'chat.postMessage', kind: 'error' });

    await forge.replies.privately({ userId: SAM, channel: 'C0GENERAL' }, { text: 'Lost', blocks: [] });

    expect(lines).toContainEqual({
      level: 'error',
      message: expect.stringContaining('lost'),
      fields: {
        user: SAM,
        problems: [
          expect.stringMatching(/^chat.postEphemeral: .*not_in_channel/),
          expect.stringMatching(/^direct message: .*internal_error/),
        ],
      },
    });
  });

  it('arrives in words when the workspace does not know its blocks', async () => {
    const { forge, slack, address } = await addressFrom('deploys');
    slack.configure({ newBlocks: false });

    await forge.replies.privately(address, { text: 'In words', blocks: [plan] });

    expect(slack.messages('deploys', SAM)).toMatchObject([{ text: 'In words', ephemeral: true }]);
    expect([...forge.chat.unsupported]).toEqual(['plan']);
  });
});

describe('a form', () => {
  it('opens for the person who asked', async () => {
    const { forge, slack, address } = await addressFrom('deploys');

    const result = await forge.replies.openForm(address, form);

    const [open] = slack.views(SAM);
    expect(result).toEqual({ kind: 'opened', view: open?.id });
  });

  it('asked for again, as after a restart, is the one that is open', async () => {
    const { forge, slack, address } = await addressFrom('deploys');
    await forge.replies.openForm(address, form);

    expect(await forge.replies.openForm(address, form)).toMatchObject({ kind: 'opened' });
    expect(slack.views(SAM)).toHaveLength(1);
  });

  it('is open when only the answer was lost', async () => {
    const { forge, slack, address, setFaults } = await addressFrom('deploys');
    setFaults({ operation: 'views.open', kind: 'cut-after' });

    expect(await forge.replies.openForm(address, form)).toMatchObject({ kind: 'opened' });
    expect(slack.views(SAM)).toHaveLength(1);
  });

  it.each(['error', 'throttle'] as const)('that Slack answers with %s is replaced by words', async (kind) => {
    const { forge, address, setFaults } = await addressFrom('deploys');
    setFaults({ operation: 'views.open', kind, times: 9 });

    expect(await forge.replies.openForm(address, form)).toEqual({ kind: 'expired' });
  });

  it('is shown anew, but never as it was before', async () => {
    const { forge, slack, address } = await addressFrom('deploys');
    await forge.replies.openForm(address, form);
    const [open] = slack.views(SAM);
    const anew = (text: string) => ({ ...form, submit: { type: 'plain_text' as const, text } });

    await forge.replies.updateForm(open?.id ?? '', anew('Newer'), { asOf: 2_000 });
    await forge.replies.updateForm(open?.id ?? '', anew('Older'), { asOf: 1_000 });

    expect(slack.views(SAM)).toMatchObject([{ view: { submit: { text: 'Newer' } } }]);
  });

  it('that was closed meanwhile is not shown anew, and that is no fault', async () => {
    const { forge, slack } = await addressFrom('deploys');

    await forge.replies.updateForm('V0CLOSED', form, { asOf: 1_000 });

    expect(slack.views(SAM)).toEqual([]);
  });

  it('that Slack does not show anew is a fault that says which', async () => {
    const { forge, slack, address, setFaults } = await addressFrom('deploys');
    await forge.replies.openForm(address, form);
    const [open] = slack.views(SAM);
    setFaults({ operation: 'views.update', kind: 'error', times: 9 });

    await expect(forge.replies.updateForm(open?.id ?? '', form, { asOf: 1 })).rejects.toThrow(
      /show the form/u,
    );
  });

  it('has expired when the person waited too long', async () => {
    const { forge, address, clock } = await addressFrom('deploys');
    clock.moveBy(3_500);

    expect(await forge.replies.openForm(address, form)).toEqual({ kind: 'expired' });
  });

  it('has expired when nothing was pressed to open it', async () => {
    const { forge } = await connectForge();

    expect(await forge.replies.openForm({ userId: SAM }, form)).toEqual({ kind: 'expired' });
  });

  it('with a mistake in it is a fault that says what Slack refuses', async () => {
    const { forge, address } = await addressFrom('deploys');
    const title = { type: 'plain_text' as const, text: 'A title of more than twenty-four characters' };

    const opening = forge.replies.openForm(address, { ...form, title });

    await expect(opening).rejects.toThrow(/deploy-form.*must be less than 25 characters/);
  });
});

describe('the App Home', () => {
  it('is published for the person', async () => {
    const { forge, slack } = await connectForge();

    await forge.replies.publishHome(SAM, home);

    expect(slack.home(SAM)?.view).toMatchObject({ type: 'home' });
  });

  it.each(['error', 'throttle', 'cut-before'] as const)(
    'is published in spite of a passing trouble of Slack (%s)',
    async (kind) => {
      const { forge, slack, setFaults } = await connectForge();
      setFaults({ operation: 'views.publish', kind });

      await forge.replies.publishHome(SAM, home);

      expect(slack.home(SAM)?.view).toMatchObject({ type: 'home' });
    },
  );

  it('that Slack refuses is a fault that says why', async () => {
    const { forge } = await connectForge();

    await expect(forge.replies.publishHome(SAM, { type: 'home', blocks: [plan] })).rejects.toThrow(
      /App Home of U0SAM/,
    );
  });
});

const plan: KnownBlock = { type: 'plan', title: 'Deploying', tasks: [] };
const home: HomeView = { type: 'home', blocks: [{ type: 'divider' }] };
const form: ModalView = {
  type: 'modal',
  callback_id: 'deploy-form',
  title: { type: 'plain_text', text: 'Deploy' },
  blocks: [{ type: 'section', text: { type: 'plain_text', text: 'Deploy what?' } }],
};

/** The address of a command Sam just typed there. Its clock is Slack's. */
async function addressFrom(channel: string) {
  let offset = 0;
  const clock = {
    now: () => Date.now() + offset,
    moveBy: (milliseconds: number) => {
      offset += milliseconds;
    },
  };
  const parts = await connectForge({ clock });
  const { reception, processed } = receptionWith();
  await parts.forge.start(reception);
  await parts.slack.command({ as: SAM, channel, text: '/forge help' });
  await expect.poll(() => processed).toHaveLength(1);
  const [command] = processed;
  if (command === undefined) throw new Error('The command did not arrive');
  return { ...parts, clock, address: replyAddressOf(command) };
}
