/** When a process told something, milliseconds since the epoch. */
export function timeOf(message: string): number {
  return Number(message.split(' at ').at(-1));
}
