import { once } from 'node:events';
import { createServer } from 'node:http';
import { WebClient } from '@slack/web-api';
import { expect, it, onTestFinished } from 'vitest';
import { createUserGroups } from '../../src/slack/user-groups.ts';
import { createFakeClock } from '../fakes/clock.ts';

it('groups that were switched off have no members, though Slack should name them', async () => {
  const { client } = await slackSaying({
    ok: true,
    usergroups: [
      { id: 'S0RELEASE', date_delete: 0, users: ['U0LENA'] },
      { id: 'S0OLD', date_delete: 1_767_600_000, users: ['U0MAYA'] },
    ],
  });

  const groups = await createUserGroups({ client, clock: createFakeClock() }).all();

  expect([...groups]).toEqual([['S0RELEASE', new Set(['U0LENA'])]]);
});

/** A Slack that gives this answer to everything. */
async function slackSaying(answer: object): Promise<{ client: WebClient }> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
  });
  onTestFinished(() => void server.close());
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('It listens on no port');
  return { client: new WebClient('xoxb-1', { slackApiUrl: `http://127.0.0.1:${address.port}/api/` }) };
}
