import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Launched } from '../../../sandbox/launch.ts';
import { launchWithStandIn, rawRequest } from './with-sandbox.ts';

let sandbox: Launched;
let host: string;
beforeAll(async () => {
  sandbox = await launchWithStandIn();
  host = new URL(sandbox.addresses.page).host;
});
afterAll(() => sandbox.stop());

const state = () => `${sandbox.addresses.control}/state`;
const json = { 'content-type': 'application/json' };

function post(path: string, body: string, headers: Record<string, string> = json) {
  return rawRequest(`${sandbox.addresses.control}${path}`, { method: 'POST', headers, body });
}

describe('the sandbox towards other sites', () => {
  it('answers itself by address and by localhost', async () => {
    const port = new URL(sandbox.addresses.page).port;

    const answers = [
      await rawRequest(state(), { headers: { host } }),
      await rawRequest(state(), { headers: { host: `localhost:${port}` } }),
    ];

    expect(answers.map((answer) => answer.status)).toEqual([200, 200]);
  });

  it('refuses a name that somebody pointed at this machine', async () => {
    const answer = await rawRequest(state(), { headers: { host: 'evil.example' } });

    expect(answer.status).toBe(403);
    expect(answer.body).toContain('evil.example');
  });

  it('refuses the right name with another port', async () => {
    const answer = await rawRequest(state(), { headers: { host: '127.0.0.1:1' } });

    expect(answer.status).toBe(403);
  });

  it('refuses a page of another site, and one of another port of this machine', async () => {
    const foreign = await rawRequest(state(), { headers: { origin: 'https://evil.example' } });
    const neighbour = await rawRequest(state(), { headers: { origin: 'http://127.0.0.1:1' } });
    const page = await rawRequest(sandbox.addresses.page, { headers: { origin: 'null' } });

    expect([foreign.status, neighbour.status, page.status]).toEqual([403, 403, 403]);
  });

  it('takes requests from its own page', async () => {
    const answer = await rawRequest(state(), { headers: { host, origin: `http://${host}` } });

    expect(answer.status).toBe(200);
  });

  it('does not ask Slack calls for an origin, only for a token', async () => {
    const answer = await rawRequest(`${sandbox.addresses.slack}auth.test`, {
      method: 'POST',
      headers: { origin: 'https://evil.example', ...json },
      body: '{}',
    });

    expect(JSON.parse(answer.body)).toMatchObject({ ok: false, error: 'not_authed' });
  });
});

describe('the control API towards bodies it cannot use', () => {
  it('refuses a body that is not called JSON, so that a form of another site cannot post one', async () => {
    const answer = await post('/home', '{"as":"U0MAYA"}', { 'content-type': 'text/plain' });

    expect(answer.status).toBe(415);
  });

  it('refuses a body that is not JSON', async () => {
    const answer = await post('/home', '{"as":');

    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.body)).toEqual({ error: expect.stringContaining('not JSON') });
  });

  it('refuses a body of more than 1 MB, whether its length is announced or not', async () => {
    const large = JSON.stringify({ as: 'x'.repeat(1024 * 1024) });

    const announced = await post('/home', large, { ...json, 'content-length': String(large.length) });
    const chunked = await post('/home', large, { ...json, 'transfer-encoding': 'chunked' });

    expect([announced.status, chunked.status]).toEqual([413, 413]);
  });

  it('names every field that is wrong, missing or unknown', async () => {
    const answer = await post('/command', '{"as":"U0MAYA","text":"forge","colour":"red"}');

    expect(answer.status).toBe(400);
    const { error } = JSON.parse(answer.body);
    expect(error).toContain('channel: a channel, by name or id');
    expect(error).toContain('text: begins with the slash command');
    expect(error).toContain('colour: there is no such field');
  });

  it('says that an address or a method does not exist', async () => {
    const address = await rawRequest(`${sandbox.addresses.control}/nowhere`, { headers: {} });
    const method = await rawRequest(`${sandbox.addresses.control}/load`, { headers: {} });

    expect([address.status, method.status]).toEqual([404, 405]);
    expect(method.body).toContain('POST');
  });
});
