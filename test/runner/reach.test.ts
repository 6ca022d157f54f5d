import { describe, expect, it } from 'vitest';
import { within } from '../../src/runner/reach.ts';

const METADATA = '169.254.169.254';
const COMPANY = '10.1.2.3';
const PUBLIC = '93.184.215.14';

/** Which of these addresses it may be connected with, if it may be reached by any. */
function reached(reach: string[], hostname: string, port = 443): string[] {
  const forbids = within(reach)({ hostname, port });
  return forbids === undefined ? [] : [METADATA, COMPANY, PUBLIC].filter((address) => !forbids(address));
}

describe('what commands may reach', () => {
  it.each([
    ['registry.npmjs.org', 443],
    ['registry.npmjs.org', 80],
    ['REGISTRY.npmjs.org.', 443],
    ['npm.acme.internal', 8443],
    ['a.b.example.com', 443],
  ])('is a host that is named, wherever it is, but never metadata: %s:%i', (host, port) => {
    const reach = ['registry.npmjs.org', 'npm.acme.internal:8443', '*.example.com'];

    expect(reached(reach, host, port)).toEqual([COMPANY, PUBLIC]);
  });

  it.each([
    ['registry.npmjs.org', 22],
    ['npm.acme.internal', 443],
    ['example.com', 443],
    ['evil-example.com', 443],
    ['registry.npmjs.org.evil.example', 443],
    ['evil.registry.npmjs.org', 443],
    [METADATA, 80],
  ])('is nothing else: %s:%i', (host, port) => {
    const reach = ['registry.npmjs.org', 'npm.acme.internal:8443', '*.example.com'];

    expect(reached(reach, host, port)).toEqual([]);
  });

  it('is nothing where nothing is named', () => {
    expect(reached([], 'registry.npmjs.org')).toEqual([]);
  });

  it('is the internet where everything is, but neither the network of the company nor other ports', () => {
    expect(reached(['*'], 'example.com')).toEqual([PUBLIC]);
    expect(reached(['*'], 'example.com', 22)).toEqual([]);
  });

  it.each(['172.16.0.1', '172.31.255.255', '192.168.1.1', '100.64.0.1', 'fd12::1', 'fc00::1', '198.18.0.1'])(
    'is no host of the company either that nobody named: %s',
    (address) => {
      expect(within(['*'])({ hostname: 'example.com', port: 443 })?.(address)).toBe(true);
    },
  );

  it.each(['172.15.0.1', '172.32.0.1', '100.128.0.1', '2606:4700::1111'])(
    'is the internet: %s',
    (address) => {
      expect(within(['*'])({ hostname: 'example.com', port: 443 })?.(address)).toBe(false);
    },
  );
});
