import { spawnSync } from 'node:child_process';
import { get } from 'node:http';
import { connect } from 'node:net';

// Runs where commands of checks run, and tries what the code of a branch might. Prints what it could do, and what it lacks.
const { addresses } = JSON.parse(process.env.FORGE_TASK);
const WITHIN = 2_000;

const keys = Object.keys(process.env).filter((name) =>
  /^AWS_(CONTAINER_(CREDENTIALS|AUTHORIZATION)|ACCESS_KEY|SECRET|SESSION_TOKEN|WEB_IDENTITY|SHARED_CREDENTIALS)/.test(
    name,
  ),
);
const reached = await Promise.all(addresses.map(async (one) => ((await reach(one)) ? [one] : [])));
const could = [
  ...keys.map((name) => ({ kind: 'credentials', name })),
  ...reached.flat().map(({ host, port }) => ({ kind: 'reach', host, port })),
  ...(process.getuid() === 0 ? [{ kind: 'root' }] : []),
];
const lacks = ['git', 'timeout', 'tail', 'env'].filter((name) => spawnSync(name, ['--version']).error);
console.log(JSON.stringify({ could, lacks }));

/** With a path only an answer counts: what listens there also tells what is no secret. */
function reach({ host, port, path }) {
  return path === undefined ? opens(host, port) : answers(host, port, path);
}

function opens(host, port) {
  return new Promise((resolve) => {
    const socket = connect(port, host);
    const end = (isOpen) => {
      socket.destroy();
      resolve(isOpen);
    };
    socket.setTimeout(WITHIN, () => end(false));
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
  });
}

function answers(host, port, path) {
  return new Promise((resolve) => {
    const asked = get({ host, port, path }, (answer) => {
      answer.resume();
      resolve(answer.statusCode === 200);
    });
    asked.setTimeout(WITHIN, () => asked.destroy(new Error('late')));
    asked.once('error', () => resolve(false));
  });
}
