import { createServer } from 'node:http';
import { networkInterfaces } from 'node:os';
import { afterEach, describe, expect, it } from 'vitest';
import { isOutOfReach } from '../../src/runner/addresses.ts';
import { BUBBLEWRAP, cannot, createWorkbench, named, printed, type Workbench } from './workbench.ts';

describe('an address', () => {
  it.each([
    ...[
      '127.0.0.1',
      '127.9.9.9',
      '0.0.0.0',
      '169.254.169.254',
      '169.254.170.2',
      '224.0.0.1',
      '255.255.255.255',
    ],
    ...['192.0.0.192', '100.100.100.200', '168.63.129.16', '64:ff9b:1::a9fe:a9fe', '2001:0:a9fe::1'],
    ...['::1', '::', 'fe80::1', 'fe80::1%lo', 'fd00:ec2::254', 'ff02::1'],
    ...['::ffff:127.0.0.1', '::ffff:169.254.169.254', '::7f00:1', '64:ff9b::a9fe:a9fe', '2002:a9fe:a9fe::1'],
  ])('%s is out of reach of commands', (address) => {
    expect(isOutOfReach(address)).toBe(true);
  });

  it('of this machine is out of reach, whatever it is', () => {
    const own = Object.values(networkInterfaces()).flatMap((each) => each ?? []);

    expect(own.filter(({ address }) => !isOutOfReach(address))).toEqual([]);
  });

  it.each(['93.184.215.14', '10.1.2.3', '2606:4700::1111'])('%s is not', (address) => {
    expect(isOutOfReach(address)).toBe(false);
  });
});

describe.skipIf(cannot(BUBBLEWRAP) !== undefined)(named('the network of a command', BUBBLEWRAP), () => {
  let bench: Workbench;
  afterEach(() => bench.end());

  it('refuses this machine by every name and way, and says so', async () => {
    const server = createServer((_request, answer) => answer.end('GOT OUT'));
    await new Promise<void>((resolve) => server.listen(0, resolve));
    const address = server.address();
    const port = address === null || typeof address === 'string' ? 0 : address.port;
    const reach = ['*', ...['localhost', '127.0.0.1', '0.0.0.0'].map((name) => `${name}:${port}`)];
    bench = createWorkbench({ ...BUBBLEWRAP, network: 'open', reach });
    const names = ['127.0.0.1', 'localhost', '[::1]', '[::ffff:127.0.0.1]', '2130706433', '0x7f.1', '0'];
    const urls = names.flatMap((name) => [`http://${name}:${port}/`, `https://${name}:${port}/`]);

    const outcome = await bench.run(
      `for u in ${urls.join(' ')}; do curl -sS -m 5 --noproxy '' "$u" 2>&1; echo; done`,
    );
    server.close();

    expect(printed(outcome)).not.toContain('GOT OUT');
    expect(
      printed(outcome).match(
        /Commands of checks (?:cannot reach this address|reach only what)|response 403|error/gu,
      ),
    ).toHaveLength(urls.length);
  });

  it('leads to nothing the policy does not name, also while it installs, and says what that was', async () => {
    bench = createWorkbench({ ...BUBBLEWRAP, reach: ['registry.npmjs.org'] });
    const asks = 'curl -sS -m 5 https://10.1.2.3/ http://evil.example/ https://evil.example/';

    const outcome = await bench.run('true', { install: { command: `${asks}; exit 1`, within: 60_000 } });

    expect(outcome).toMatchObject({ kind: 'install-failed' });
    expect(printed(outcome)).toMatch(/response 403\n/u);
    expect(printed(outcome)).toMatch(/so not 10\.1\.2\.3:443, evil\.example:80, evil\.example:443\.\n$/u);
  });

  it('is of one command alone: the next one has another, and nothing of it is left', async () => {
    bench = createWorkbench({ ...BUBBLEWRAP, network: 'open' });

    const first = await bench.run('curl -s http://one.example/; exit 1');
    const second = await bench.run('curl -s http://two.example/; exit 1');

    expect(printed(first)).toContain('so not one.example:80.');
    expect(printed(second)).toContain('so not two.example:80.');
  });

  it('has no other way out: no names, no addresses, no sockets of the machine', async () => {
    bench = createWorkbench({ ...BUBBLEWRAP, network: 'open' });
    const direct =
      "require('node:net').connect(443, '1.1.1.1').on('error', (e) => console.log(e.code)).on('connect', () => console.log('GOT OUT'))";

    const outcome = await bench.run(
      `node -e "${direct}"; getent hosts example.com || echo no names; ls /run /var 2>&1`,
    );

    expect(printed(outcome)).toContain('ENETUNREACH');
    expect(printed(outcome)).toContain('no names');
    expect(printed(outcome)).not.toContain('docker');
  });

  it('is not there at all where the policy says none', async () => {
    bench = createWorkbench(BUBBLEWRAP);

    const outcome = await bench.run('env | grep -i proxy; ls /run; exit 0');

    expect(printed(outcome)).toBe('forge\n');
  });

  it('gives a command that has it its own code back', async () => {
    bench = createWorkbench({ ...BUBBLEWRAP, network: 'open' });

    const outcomes = [await bench.run('exit 7'), await bench.run('kill -9 $$')];

    expect(outcomes).toMatchObject([
      { kind: 'exited', code: 7 },
      { kind: 'killed', signal: 'SIGKILL' },
    ]);
  });
});
