/** What Forge tells the people who run it. Never given secrets or message texts. */
export type Log = Record<
  'debug' | 'info' | 'warn' | 'error',
  (message: string, fields?: Readonly<Record<string, unknown>>) => void
>;
