import { LIMITS } from './limits.ts';
import { anyObject, bool, list, object, oneOf, type Shape, text, typed } from './shape.ts';

export function plainText(max: number): Shape {
  return object({ type: oneOf('plain_text'), text: text({ max }) }, { emoji: bool });
}

function markup(max: number): Shape {
  return object({ type: oneOf('mrkdwn'), text: text({ max }) }, { verbatim: bool });
}

/** A text object of either kind. */
export function anyText(max: number): Shape {
  const shapes = { plain_text: plainText(max), mrkdwn: markup(max) };
  return typed(() => shapes);
}

const address = text({ max: LIMITS.imageUrl }, { regex: /^https?:\/\//, message: 'must be a valid URL' });

/** Slack fetches the picture itself, so an address of this machine or network can't work. */
const publicAddress: Shape = (value, pointer, scope) => {
  const problems = address(value, pointer, scope);
  if (problems.length > 0 || !isPrivate(String(value))) return problems;
  return [{ message: 'downloading image failed', pointer }];
};

function isPrivate(url: string): boolean {
  const host = URL.canParse(url) ? new URL(url).hostname : '';
  return /^$|^localhost$|^\[|^127\.|^10\.|^192\.168\.|^172\.(1[6-9]|2\d|3[01])\./.test(host);
}

export const imageFields = {
  image_url: publicAddress,
  slack_file: anyObject,
};

export const image = object(
  { type: oneOf('image'), alt_text: text({ max: LIMITS.altText }) },
  imageFields,
  oneImageSource,
);

export function oneImageSource(value: Record<string, unknown>): string | undefined {
  const sources = [value.image_url, value.slack_file].filter((source) => source !== undefined);
  return sources.length === 1 ? undefined : 'must define either `image_url` or `slack_file`';
}

export const confirm = object(
  { text: anyText(LIMITS.confirmText) },
  {
    title: plainText(LIMITS.confirmTitle),
    confirm: plainText(LIMITS.confirmButton),
    deny: plainText(LIMITS.confirmButton),
    style: oneOf('primary', 'danger'),
  },
);

const optionFields = { value: text({ max: LIMITS.optionValue }) };
const description = plainText(LIMITS.optionText);

export const plainOption = object({ text: plainText(LIMITS.optionText), ...optionFields }, { description });
/** Only the options of an overflow menu may carry a link. */
export const overflowOption = object(
  { text: plainText(LIMITS.optionText), ...optionFields },
  { description, url: text({ max: LIMITS.buttonUrl }) },
);
export const richOption = object(
  { text: anyText(LIMITS.optionText), ...optionFields },
  { description: anyText(LIMITS.optionText) },
);
export const optionGroup = object({
  label: plainText(LIMITS.optionText),
  options: list(plainOption, { min: 1, max: LIMITS.options }),
});
