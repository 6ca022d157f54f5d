import { anyBlock } from './block-shapes.ts';
import { LIMITS } from './limits.ts';
import { bool, list, object, oneOf, text } from './shape.ts';
import { plainText } from './text-shapes.ts';

const blocks = list(anyBlock, { max: LIMITS.viewBlocks });
const common = {
  private_metadata: text({ min: 0, max: LIMITS.privateMetadata }),
  callback_id: text({ min: 0, max: LIMITS.callbackId }),
  external_id: text({ min: 0, max: LIMITS.externalId }),
};

export const VIEWS = {
  modal: object(
    { type: oneOf('modal'), title: plainText(LIMITS.viewTitle), blocks },
    {
      ...common,
      submit: plainText(LIMITS.viewTitle),
      close: plainText(LIMITS.viewTitle),
      clear_on_close: bool,
      notify_on_close: bool,
    },
  ),
  home: object({ type: oneOf('home'), blocks }, common),
};
