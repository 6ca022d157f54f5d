/** `45 s`, `30 min`: a time limit of the policy in a sentence. */
export function minutesTold(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  return seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}
