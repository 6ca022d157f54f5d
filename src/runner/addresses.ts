import { BlockList, isIPv6 } from 'node:net';
import { networkInterfaces } from 'node:os';

/** Where clouds tell whoever asks on a machine its secrets. */
export const METADATA = [
  { host: '169.254.169.254', what: "the cloud's metadata" },
  { host: '169.254.170.2', what: 'the credentials of the ECS task' },
  { host: '169.254.170.23', what: 'the credentials of the EKS pod' },
  { host: 'fd00:ec2::254', what: "the cloud's metadata" },
  { host: 'metadata.google.internal', what: "the cloud's metadata" },
] as const;

/** This machine, its links, metadata, what is no single machine, and ways to write these as something else (RFC 6890, RFC 6052). */
const NEVER = [
  ...['0.0.0.0/8', '127.0.0.0/8', '169.254.0.0/16', '224.0.0.0/4', '240.0.0.0/4'],
  ...['::/96', 'fe80::/10', 'ff00::/8', 'fd00:ec2::/32', '64:ff9b::/96', '64:ff9b:1::/48', '2002::/16'],
  // The last two: metadata of clouds outside of the links.
  ...['2001::/32', '192.0.0.0/24', '100.100.100.200/32', '168.63.129.16/32'],
];

/** Networks of one's own, and what is for trying and documents (RFC 1918, RFC 4193, RFC 6598, RFC 2544, RFC 6890). */
const PRIVATE = [
  ...['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '198.18.0.0/15'],
  ...['192.0.2.0/24', '198.51.100.0/24', '203.0.113.0/24', 'fc00::/7', 'fec0::/10', '2001:db8::/32'],
];

/** Whether commands may not be connected with an address, by its number as `dns.lookup` gives it. */
export function isOutOfReach(given: string): boolean {
  // An address of a link may name the link.
  const [address = ''] = given.split('%');
  const family = isIPv6(address) ? 'ipv6' : 'ipv4';
  return fixed.check(address, family) || ownAddresses().check(address, family);
}

/** Whether an address is of a network of one's own, such as a company's, which nobody on the internet could reach. */
export function isPrivate(given: string): boolean {
  const [address = ''] = given.split('%');
  return own.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}

const fixed = blocked(NEVER);
const own = blocked(PRIVATE);

/** Looked up each time: a machine's addresses change. */
function ownAddresses(): BlockList {
  const all = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  return blocked(all.map(({ address, family }) => `${address}/${family === 'IPv4' ? 32 : 128}`));
}

function blocked(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = '', bits] = range.split('/');
    list.addSubnet(address, Number(bits), isIPv6(address) ? 'ipv6' : 'ipv4');
  }
  return list;
}
