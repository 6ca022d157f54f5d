import { LIMITS } from './limits.ts';
import { bool, eitherOf, list, object, oneOf, type Shape, text, textThat, typed } from './shape.ts';

export function plainText(max: number): Shape {
  return object({ type: oneOf('plain_text'), text: text({ max }) }, { emoji: bool });
}

export function markup(max: number): Shape {
  return object({ type: oneOf('mrkdwn'), text: text({ max }) }, { verbatim: bool });
}

/** A text object of either kind. Slack names the whole text first, then what is wrong inside it. */
export function anyText(max: number): Shape {
  const shapes = { plain_text: plainText(max), mrkdwn: markup(max) };
  const either = typed(() => shapes);
  return (value, pointer, scope) => {
    const problems = either(value, pointer, scope);
    const isOfNoKind = problems.some((problem) => problem.pointer === `${pointer}/type`);
    if (problems.length === 0 || isOfNoKind) return problems;
    return [{ message: 'failed to match all allowed schemas', pointer }, ...problems];
  };
}

/** An address people may follow. */
export function webAddress(max: number): Shape {
  return textThat((value) => URL.canParse(value), 'invalid url', { max });
}

export function secureAddress(max: number): Shape {
  return textThat((value) => value.startsWith('https://') && URL.canParse(value), 'invalid url', { max });
}

const pictureAddress = textThat((value) => /^https?:\/\//.test(value), 'invalid url', {
  max: LIMITS.imageUrl,
});

/** Slack fetches the picture itself, so an address of this machine or network can't work. */
export const publicAddress: Shape = (value, pointer, scope) => {
  const problems = pictureAddress(value, pointer, scope);
  if (problems.length > 0 || !isPrivate(String(value))) return problems;
  return [{ message: 'downloading image failed', pointer }];
};

function isPrivate(url: string): boolean {
  const host = URL.canParse(url) ? new URL(url).hostname : '';
  if (!host.includes('.')) return true;
  return /^0\.|^127\.|^10\.|^169\.254\.|^192\.168\.|^172\.(1[6-9]|2\d|3[01])\.|\.local$/.test(host);
}

const slackFileFields = object({}, { id: text(), url: text() }, eitherOf('id', 'url'));

/** Nothing was ever uploaded to this workspace, so no file can be meant. */
const slackFile: Shape = (value, pointer, scope) => {
  const problems = slackFileFields(value, pointer, scope);
  return problems.length > 0 ? problems : [{ message: 'invalid slack file', pointer }];
};

export const imageFields = { image_url: publicAddress, slack_file: slackFile };
export const oneImageSource = eitherOf('image_url', 'slack_file');

export const image = object(
  { type: oneOf('image'), alt_text: text({ max: LIMITS.altText }) },
  imageFields,
  oneImageSource,
);

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
  { description, url: webAddress(LIMITS.buttonUrl) },
);
export const richOption = object(
  { text: anyText(LIMITS.optionText), ...optionFields },
  { description: anyText(LIMITS.optionText) },
);
export const optionGroup = object({
  label: plainText(LIMITS.optionText),
  options: list(plainOption, { min: 1, max: LIMITS.options }),
});
