import { UserError } from '../src/domain/errors.ts';

/** What a person typed after `/forge`, word by word. */
export type Typed = {
  words: string[];
  /** Slack ids of the people who were mentioned. */
  people?: string[];
  /** What followed `because`. */
  why?: string;
};

/** A reason is read by people; a longer one is a document. Characters, as Slack's fields count them. */
export const LONGEST_REASON = 3000;

/** A mention (`<@U1|lena>`, `<#C1|deploys>`, `<!here>`) or an address (`<https://…|…>`). */
const MARKUP = /<(?:([@#!])|(?=(?:https?|mailto|tel):))([^<>|\s]+)(?:\|([^<>]*))?>/gu;

/** Splits typed text into words and reason. Throws a `UserError` for a reason that is empty or too long. */
export function typed(text: string): Typed {
  const { before, why } = splitReason(asTyped(text));
  const words = visible(before)
    .split(/\s+/u)
    .map(asWord)
    .filter((word) => word !== '');
  const people = mentioned(text.slice(0, BECAUSE.exec(text)?.index));
  return {
    words,
    ...(people.length === 0 ? {} : { people }),
    ...(why === undefined ? {} : { why }),
  };
}

/**
 * Slack hands over mentions and addresses in angle brackets and writes `&`, `<` and `>` as entities
 * (docs.slack.dev, "Escaping text"); this is what stood on the person's screen.
 */
export function asTyped(text: string): string {
  return text
    .replaceAll(MARKUP, (_whole, sign: string | undefined, id: string, label: string | undefined) => {
      const words = label === undefined || label === '' ? id : label;
      if (sign === undefined || words.startsWith('@')) return words;
      return sign === '#' ? `#${words}` : `@${words}`;
    })
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

/** What somebody is called changes, and two may be called the same: only the id says who is meant. */
function mentioned(text: string): string[] {
  const ids = [...text.matchAll(/<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>/gu)].flatMap(([, id]) => id ?? []);
  return [...new Set(ids)];
}

const QUOTES = '["\'`\u00AB\u00BB\u2018-\u201F\u2039\u203A]';
const AROUND = new RegExp(`^${QUOTES}+|(?:${QUOTES}|[.,;:!?])+$`, 'gu');
const DASHES = /[\u2010-\u2015\u2212]/gu;

/**
 * A word as it is called: phones set quotation marks and long dashes of their own, and people end a sentence. None of
 * them begins or ends a name. A dash alone says nothing.
 */
function asWord(typed: string): string {
  const word = typed.replaceAll(AROUND, '').replaceAll(DASHES, '-');
  return /^-+$/u.test(word) ? '' : word;
}

/** Control and format characters, without those that are space between words. */
const UNSEEN = '(?:\\uFEFF|(?!\\s)[\\p{Cc}\\p{Cf}])';

/** Characters nobody sees come along when text is copied; they would make a word another one. */
function visible(text: string): string {
  return text.replaceAll(new RegExp(UNSEEN, 'gu'), '');
}

const BECAUSE = new RegExp(
  `(?:^|\\s)${UNSEEN}*${[...'because'].join(`${UNSEEN}*`)}${UNSEEN}*(?:\\s|:|$)`,
  'iu',
);

function splitReason(text: string): { before: string; why?: string } {
  const match = BECAUSE.exec(text);
  if (match === null) return { before: text };
  const why = text.slice(match.index + match[0].length).trim();
  if (visible(why).trim() === '') {
    throw new UserError(
      'Nothing was done: there is no reason after “because”. Type one, or leave the word out.',
    );
  }
  if (why.length > LONGEST_REASON) {
    throw new UserError(
      `Nothing was done: the reason has ${why.length} characters and may have ${LONGEST_REASON}. Shorten it, and link to the rest.`,
    );
  }
  return { before: text.slice(0, match.index), why };
}
