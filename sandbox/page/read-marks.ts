/** Up to where each person has read each channel, for as long as this browser tab lives. Seconds, as Slack's ts. */
export type ReadMarks = {
  lastRead(as: string, channel: string): number;
  markRead(as: string, channel: string, ts: number): void;
};

// Whoever never opened a channel has read what was there when the tab was opened: only news is marked.
export function openReadMarks(now: Date): ReadMarks {
  const opened = sessionStorage.getItem('opened') ?? String(now.getTime() / 1000);
  sessionStorage.setItem('opened', opened);
  const lastRead = (as: string, channel: string): number =>
    Number(sessionStorage.getItem(`read/${as}/${channel}`) ?? opened);
  return {
    lastRead,
    markRead: (as, channel, ts) => {
      if (ts > lastRead(as, channel)) sessionStorage.setItem(`read/${as}/${channel}`, String(ts));
    },
  };
}
