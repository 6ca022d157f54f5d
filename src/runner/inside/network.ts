import { spawn } from 'node:child_process';
import { connect, createServer } from 'node:net';
import { constants } from 'node:os';

/**
 * Runs inside an isolation, where there is no network: what comes in on a port of its own goes to Forge's proxy through the socket
 * that is handed in. Ends as the command does that it is given.
 */
const PROXY = '/run/network/proxy';

const server = createServer((client) => {
  const proxy = connect(PROXY);
  client.on('error', () => proxy.destroy());
  proxy.on('error', () => client.destroy());
  client.pipe(proxy).pipe(client);
});

server.listen(0, '127.0.0.1', () => {
  const own = server.address();
  if (own === null || typeof own === 'string') throw new Error('There is no port to listen on.');
  const address = `http://127.0.0.1:${own.port}`;
  const local = 'localhost,127.0.0.1,::1';
  const [file = '', ...args] = process.argv.slice(2);
  const child = spawn(file, args, {
    stdio: 'inherit',
    env: {
      ...process.env,
      ...{ HTTP_PROXY: address, HTTPS_PROXY: address, NO_PROXY: local },
      ...{ http_proxy: address, https_proxy: address, no_proxy: local, NODE_USE_ENV_PROXY: '1' },
    },
  });
  child.on('error', (error) => {
    console.error(error.message);
    process.exit(127);
  });
  child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal ?? 'SIGKILL']));
});
