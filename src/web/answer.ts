import type { ServerResponse } from 'node:http';

export type Answer = {
  status: number;
  /** One sentence for whoever reads the delivery in GitHub; never anything of Forge's own inside. */
  says: string;
  headers?: Record<string, string>;
  /** The rest of the request is not read. */
  isLast?: true;
};

export function send(response: ServerResponse, { status, says, headers = {}, isLast }: Answer): void {
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
    ...(isLast === true ? { connection: 'close' } : {}),
    ...headers,
  });
  response.end(`${JSON.stringify({ message: says })}\n`);
}
