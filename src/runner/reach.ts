import { isOutOfReach, isPrivate } from './addresses.ts';

export type Target = { hostname: string; port: number };

/** Says which addresses of a target are forbidden, by their numbers as `dns.lookup` gives them; undefined: all, whatever they are. */
export type Forbids = (target: Target) => ((address: string) => boolean) | undefined;

/** Ports of HTTP and HTTPS: of what is named without one. */
const USUAL_PORTS = [80, 443];

/**
 * What commands may speak to: `host`, `*.domain` for every host below it, either with `:port`; and `*` for the whole internet, which is
 * not the company's own network. Whoever names a host means it wherever it is, except for this machine, its links and metadata.
 */
export function within(reach: readonly string[]): Forbids {
  const named = reach.filter((entry) => entry !== '*').map(read);
  const isEverything = reach.includes('*');
  return ({ hostname, port }) => {
    const host = hostname.toLowerCase().replace(/\.$/u, '');
    if (named.some((entry) => fits(entry, host, port))) return isOutOfReach;
    if (!isEverything || !USUAL_PORTS.includes(port)) return undefined;
    return (address) => isOutOfReach(address) || isPrivate(address);
  };
}

type Entry = { host: string; isDomain: boolean; ports: readonly number[] };

function read(entry: string): Entry {
  const [name = '', port] = entry.toLowerCase().split(':');
  const isDomain = name.startsWith('*.');
  return {
    host: isDomain ? name.slice(1) : name,
    isDomain,
    ports: port === undefined ? USUAL_PORTS : [Number(port)],
  };
}

function fits({ host, isDomain, ports }: Entry, asked: string, port: number): boolean {
  if (!ports.includes(port)) return false;
  return isDomain ? asked.endsWith(host) && asked.length > host.length : asked === host;
}
