/** What is let in at most, so that nobody can use up memory, connections or time. Times in milliseconds, sizes in bytes. */
export type WebLimits = {
  /** GitHub delivers at most 25 MB: https://docs.github.com/en/webhooks/webhook-events-and-payloads#payload-cap */
  body: number;
  /** Of all bodies that are being read together. */
  bodies: number;
  headers: number;
  connections: number;
  /** All headers must be there within this time. */
  headersWithin: number;
  /** The whole request must be there within this time. */
  requestWithin: number;
  /** How often the two are looked at. */
  checkEvery: number;
  /** A connection that asks nothing more is closed. */
  idle: number;
};

const MB = 1024 * 1024;

export const webLimits: WebLimits = {
  body: 25 * MB,
  bodies: 100 * MB,
  headers: 16 * 1024,
  connections: 200,
  headersWithin: 10_000,
  requestWithin: 30_000,
  checkEvery: 2_000,
  idle: 5_000,
};
