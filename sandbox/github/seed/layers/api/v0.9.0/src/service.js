import { createServer } from 'node:http';
import { page } from './page.js';

/** The HTTP server of the API; it listens nowhere yet. */
export function createService({ version }) {
  return createServer((request, response) => {
    const answer = answers[request.url] ?? notFound;
    const { status, type, body } = answer({ version });
    response.writeHead(status, { 'content-type': type }).end(body);
  });
}

const answers = {
  '/': ({ version }) => ({ status: 200, type: 'text/html; charset=utf-8', body: page({ version }) }),
  '/health': () => ({ status: 200, type: 'text/plain', body: 'ok\n' }),
  '/version': ({ version }) => ({
    status: 200,
    type: 'application/json',
    body: JSON.stringify({ version }),
  }),
};

function notFound() {
  return { status: 404, type: 'text/plain', body: 'There is no such page.\n' };
}
