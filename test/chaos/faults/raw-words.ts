/** What belongs into a log and not into a sentence for a person. */
const RAW: readonly RegExp[] = [
  /\bE(?:CONN|TIMEDOUT|PIPE|PROTO|AI_|HOST|NET|NOTFOUND)\w*/u,
  /socket hang up|fetch failed|\baborted\b(?= ?[({])/u,
  /\b\w*(?:Error|Exception)\b/u,
  /\bundefined\b|\bNaN\b|\[object |\bnull\b/u,
  /\{"|":/u,
  /\bat .+\.(?:ts|js):\d+/u,
  /\binternal_error\b|\bratelimited\b|\binvalid_\w+/u,
  /HTTP status|\bstatus code\b/iu,
  // Two sentences that were put together carelessly.
  /(?<!\.)[.!?]\.(?!\.)|\. \./u,
];

/** The parts of a text that nobody should have to read. */
export function rawWordsIn(text: string): string[] {
  return RAW.flatMap((pattern) => pattern.exec(text)?.[0] ?? []);
}
