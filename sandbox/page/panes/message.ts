import { drawBlocks } from '../blocks/block.ts';
import type { BlockContext } from '../blocks/context.ts';
import type { Child } from '../dom/element.ts';
import { element } from '../dom/element.ts';
import { on } from '../dom/events.ts';
import { icon } from '../dom/icon.ts';
import type { Message, User } from '../model.ts';
import { drawMrkdwn } from '../text/draw-text.ts';
import { drawAvatar } from './avatar.ts';

export type MessageFrame = {
  context: BlockContext;
  author: User | undefined;
  /** The app's shortcuts for this message, if it has any. */
  menu: HTMLElement | undefined;
  /** Opens the message's thread; absent inside the thread itself. */
  openThread: (() => void) | undefined;
};

export function drawMessage(message: Message, frame: MessageFrame): HTMLElement {
  const name = frame.author?.name ?? message.user;
  const classes = message.isEphemeral ? 'message ephemeral' : 'message';
  return element(
    'article',
    { class: classes, 'data-key': message.ts, 'aria-label': `Message from ${name}` },
    [
      drawAvatar(message.user, frame.author),
      element('div', { class: 'message-body' }, [
        element('div', { class: 'message-head' }, [
          element('span', { class: 'author' }, [name]),
          frame.author?.kind === 'bot' ? element('span', { class: 'badge' }, ['App']) : undefined,
          drawTime(message.ts),
          frame.menu,
        ]),
        ...drawNotes(message, frame),
        element('div', { class: 'message-content' }, drawContent(message, frame.context)),
        drawWarning(message),
        drawReplies(message, frame),
      ]),
    ],
  );
}

function drawContent(message: Message, context: BlockContext): Child[] {
  const edited = message.isEdited ? element('span', { class: 'edited' }, ['(edited)']) : undefined;
  if (message.blocks.length > 0) return [...drawBlocks(message.blocks, context), edited];
  return [...drawMrkdwn(message.text, context, { verbatim: false }), edited];
}

function drawTime(ts: string): HTMLElement {
  const moment = new Date(Number(ts) * 1000);
  const short = moment.toLocaleTimeString('en-US', { hour: 'numeric', minute: '2-digit' });
  return element('time', { datetime: isoTime(moment), title: moment.toLocaleString('en-US') }, [short]);
}

function isoTime(moment: Date): string | undefined {
  return Number.isNaN(moment.getTime()) ? undefined : moment.toISOString();
}

function drawNotes(message: Message, { openThread }: MessageFrame): HTMLElement[] {
  const notes: HTMLElement[] = [];
  if (message.isEphemeral) {
    notes.push(element('div', { class: 'message-note' }, [icon('eye'), 'Only visible to you']));
  }
  if (message.isBroadcast) {
    const words = openThread === undefined ? 'Also sent to the channel' : 'Replied to a thread';
    notes.push(element('div', { class: 'message-note' }, [icon('reply'), words]));
  }
  return notes;
}

function drawWarning(message: Message): HTMLElement | undefined {
  if (message.warning === undefined) return undefined;
  return element('div', { class: 'message-warning', role: 'alert' }, [icon('warning'), message.warning]);
}

function drawReplies(message: Message, { openThread }: MessageFrame): HTMLElement | undefined {
  if (openThread === undefined || (message.replyCount === 0 && !message.isBroadcast)) return undefined;
  const count = message.replyCount === 1 ? '1 reply' : `${message.replyCount} replies`;
  const label = message.replyCount === 0 ? 'View thread' : count;
  const button = element('button', { class: 'replies', type: 'button', 'data-key': 'replies' }, [
    label,
    message.replyCount === 0 ? undefined : element('span', { class: 'replies-more' }, ['View thread']),
  ]);
  on(button, 'click', openThread);
  return button;
}
