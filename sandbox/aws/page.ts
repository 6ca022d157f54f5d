import { AwsError } from './aws-error.ts';

/** One page of a list, and the token of the next one; `refusal` is the error for a token nobody gave out. */
export function page<Item>(
  items: readonly Item[],
  options: { size: number; token: string | undefined; refusal: string },
): { items: Item[]; nextToken: string | undefined } {
  const start = options.token === undefined ? 0 : startOf(options.token);
  if (start === undefined) throw new AwsError(options.refusal, 'Invalid token');
  const end = start + options.size;
  const nextToken = end < items.length ? Buffer.from(`from ${end}`).toString('base64') : undefined;
  return { items: items.slice(start, end), nextToken };
}

function startOf(token: string): number | undefined {
  const text = Buffer.from(token, 'base64').toString();
  const start = /^from (\d+)$/.exec(text)?.[1];
  return start === undefined ? undefined : Number(start);
}
