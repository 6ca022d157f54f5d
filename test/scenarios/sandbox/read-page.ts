import type { Client } from '../../../sandbox/client.ts';

/** The first page of `api` as whoever comes by gets it. */
export async function readPage(client: Client, environment: string): Promise<string> {
  const { services } = await client.state();
  const url = services.find((one) => one.name === 'api' && one.environment === environment)?.url;
  if (url === undefined) throw new Error(`api has no address in ${environment}.`);
  const answer = await fetch(url, { signal: AbortSignal.timeout(20_000) });
  return answer.text();
}
