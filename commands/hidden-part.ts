import type { ModalView } from '@slack/types';
import { carried } from './other-version.ts';

/** The form with the channel it was asked for in: what its answer comes to is said there, to that person alone. */
export function inChannel(form: ModalView, channel: string | undefined): ModalView {
  if (channel === undefined) return form;
  const hidden = carried(form.private_metadata ?? '', 'form');
  const kept = typeof hidden === 'object' ? hidden : {};
  return { ...form, private_metadata: JSON.stringify({ ...kept, channel }) };
}

/** What a form hides for its command; undefined when it hides nothing. Throws a `UserError` for what is no JSON. */
export function hiddenPart(privateMetadata: string): unknown {
  const hidden = carried(privateMetadata, 'form');
  if (typeof hidden !== 'object' || hidden === null || !('channel' in hidden)) return hidden;
  const { channel: _forTheAnswer, ...rest } = hidden;
  return Object.keys(rest).length === 0 ? undefined : rest;
}
