/** At which calls a process is killed, one after the other: every one with `EVERY=1`, else each `every`th. */
export function deaths({ every, offset }: { every: number; offset: number }): {
  first: number;
  step: number;
} {
  const step = Number(process.env.EVERY ?? every);
  return { first: 1 + (offset % step), step };
}
