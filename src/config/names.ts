import { words } from './words.ts';

/** Names are typed in Slack, so they are short, lower-case and the same on every keyboard. */
export const Name = words({
  what: 'a name people can type',
  how: 'Use lower-case letters, digits and single dashes, beginning with a letter, like "api" or "data-import".',
  pattern: /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/,
}).max(40, 'Names have at most 40 characters: people type them on phones.');

export const Region = words({
  what: 'an AWS region',
  how: 'Write it like us-east-1.',
  pattern: /^[a-z]{2}(?:-[a-z]+)+-\d$/,
});

export const AwsName = (what: string, how: string) =>
  words({ what, how, pattern: /^[A-Za-z0-9][A-Za-z0-9_-]{0,254}$/ });
