/**
 * Text a person or another system gave, for mrkdwn: shown as it is, never as markup or a mention
 * (docs.slack.dev, "Escaping text"). Control and direction characters are left out, since they can make a text read as another.
 */
export function escaped(text: string): string {
  return cleaned(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** The same for plain text, which Slack does not parse. */
export function cleaned(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (character) => (character === '\n' ? '\n' : ' '));
}

/** Foreign plain text within a line of ours: a line break in it would begin a line that looks like ours. */
export function oneLine(text: string): string {
  return cleaned(text).replaceAll(/\s+/gu, ' ').trim();
}

/** Foreign text within a sentence of ours, in mrkdwn: on one line and at most `most` characters, escapes counted. */
export function quoted(text: string, most = 300): string {
  return shortenedMarkup(escaped(oneLine(text)), most);
}

/**
 * What a person typed, as a quotation on a line of its own: whatever it looks like, it cannot be taken for a line of ours.
 * At most `most` characters, escapes and the sign counted.
 */
export function quotation(text: string, most: number): string {
  return `> ${quoted(text, most - 2)}`;
}

/** Mrkdwn that ends as a sentence does, so that another may follow. */
export function sentence(text: string): string {
  return /[.!?…]$/u.test(text) ? text : `${text}.`;
}

/** A code span; a backtick inside would end it. */
export function code(text: string): string {
  return `\`${escaped(oneLine(text)).replaceAll('`', 'ˋ')}\``;
}

/**
 * Plain text of at most `most` characters, with an ellipsis where something is missing. Characters are UTF-16 units, the
 * stricter way to count; a pair of them is never cut.
 */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  if (most < 1) return '';
  return `${text.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/u, '')}…`;
}

/** As `shortened`, for mrkdwn: an escape, a mention or a date is left out whole, since half of one reads as something else. */
export function shortenedMarkup(text: string, most: number): string {
  if (text.length <= most) return text;
  if (most < 1) return '';
  const kept = text.slice(0, most - 1).replace(/[\uD800-\uDBFF]$|&[a-z]*$|<[^>]*$/u, '');
  return `${kept}…`;
}

/** A moment, shown in each reader's own zone. `at` in milliseconds since the epoch. */
export function moment(at: number): string {
  const fallback = new Date(at).toISOString().slice(0, 16).replace('T', ' ');
  return `<!date^${Math.floor(at / 1000)}^{date_short_pretty} {time}|${fallback} UTC>`;
}

/** The time of day to the second, in each reader's own zone; for what happened just now. `at` in milliseconds since the epoch. */
export function clockTime(at: number): string {
  const fallback = new Date(at).toISOString().slice(11, 19);
  return `<!date^${Math.floor(at / 1000)}^{time_secs}|${fallback} UTC>`;
}

/** `0.4 s`, `3.1 s`, `12 s`, `2 min 5 s`. */
export function preciseDuration(milliseconds: number): string {
  return milliseconds < 10_000
    ? `${(Math.max(0, milliseconds) / 1000).toFixed(1)} s`
    : duration(milliseconds / 1000);
}

/** `45 s`, `2 min 5 s`, `3 h 10 min`. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return joined(`${minutes} min`, whole % 60, 's');
  return joined(`${Math.floor(minutes / 60)} h`, minutes % 60, 'min');
}

function joined(large: string, small: number, unit: string): string {
  return small === 0 ? large : `${large} ${small} ${unit}`;
}

/** A duration nobody should take to the second: `a few seconds`, `about 40 s`, `about 3 min`. */
export function roughly(seconds: number): string {
  if (seconds < 8) return 'a few seconds';
  if (seconds < 55) return `about ${Math.round(seconds / 10) * 10} s`;
  if (seconds < 3300) return `about ${Math.round(seconds / 60)} min`;
  return `about ${Math.round(seconds / 3600)} h`;
}

export function capitalised(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** Times that a sentence names in UTC, as in `2026-01-05 at 09:00 UTC`, in each reader's own zone. `markup`: whatever else stands in it is escaped. */
export function withMoments(markup: string): string {
  return markup.replaceAll(
    /\b(\d{4}-\d\d-\d\d) at (\d\d:\d\d) UTC\b/gu,
    (words, day: string, time: string) => {
      const at = Date.parse(`${day}T${time}:00Z`);
      return Number.isNaN(at) ? words : moment(at);
    },
  );
}

/**
 * A refusal as mrkdwn: foreign words in it are shown as they are, people and user groups it names become mentions, times in UTC
 * the reader's own. A mention in a private answer notifies nobody.
 */
export function refusal(message: string): string {
  return withMoments(escaped(message).replaceAll(/&lt;(@[UW][A-Z0-9]+|!subteam\^S[A-Z0-9]+)&gt;/gu, '<$1>'));
}

/**
 * A sentence of ours about why something waits, in mrkdwn of about `most` characters: people and user groups it names as
 * `<@U1>` become mentions, whatever else stands in it is shown as it is. Not for what somebody typed or another system said:
 * a mention in that would call whoever it names.
 */
export function whyWords(why: string, most: number): string {
  return sentence(shortenedMarkup(refusal(oneLine(why)), most));
}
