// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the source
import { type Guard, guardsOf } from '../guard.ts';

const hostile = ['test/runner/hostile.test.ts'];
const run = ['test/runner/run.test.ts'];
const crash = ['test/runner/crash.test.ts'];
const network = ['test/runner/network.test.ts'];
const proxy = ['test/runner/proxy.test.ts'];
const reach = ['test/runner/reach.test.ts'];
const inBubblewrap = ['test/runner/walls.test.ts'];

/** Each wall around the code of a branch: its environment, files, processes and network; and the proof that they stand. */
export const walls: readonly Guard[] = [
  ...guardsOf({ file: 'src/runner/walls.ts', tests: inBubblewrap }, [
    {
      name: 'a command sees no files of the machine but its programs',
      text: "...['--ro-bind', '/usr', '/usr'],",
      without: "...['--ro-bind', '/', '/'],",
    },
    {
      name: 'of /etc a command sees only what programs cannot do without',
      text: "  ...['alternatives', 'ld.so.cache',",
      without: "  ...['shadow', 'hostname', 'alternatives', 'ld.so.cache',",
    },
    {
      name: 'a command sees no other processes and has no network',
      text: "'--unshare-all', ",
      without: '',
    },
    {
      name: 'a command makes no namespaces of its own',
      text: "'--disable-userns', ",
      without: '',
    },
    {
      name: 'a command is nobody with rights',
      text: "'--cap-drop', 'ALL', ",
      without: "'--cap-add', 'ALL', ",
    },
    {
      name: 'a command does not change the programs it sees',
      text: "...['--ro-bind', '/usr', '/usr'],",
      without: "...['--ro-bind', '/usr', '/usr', '--tmpfs', '/usr/share'],",
    },
    {
      name: 'a command does not change what it goes by when memory runs out',
      text: "      '--remount-ro',\n      '/proc',\n",
      without: '',
    },
  ]),
  ...guardsOf({ file: 'src/runner/walls.ts', tests: hostile }, [
    {
      name: 'what is Forge’s is hidden where it lies among the programs',
      text: '    ...amongPrograms(hidden).flatMap(hide),\n',
      without: '',
    },
  ]),
  ...guardsOf({ file: 'src/runner/walls.ts', tests: run }, [
    {
      name: 'a command finds nothing of Forge’s environment in bubblewrap',
      text: ", '--clearenv'],",
      without: ", '--clearenv', '--setenv', 'PLANTED', process.env.PLANTED_SECRET ?? ''],",
    },
  ]),
  ...guardsOf({ file: 'src/runner/walls.ts', tests: crash }, [
    {
      name: 'what runs in bubblewrap ends with Forge',
      text: "'--die-with-parent', ",
      without: '',
    },
  ]),
  ...guardsOf({ file: 'src/runner/bubblewrap.ts', tests: inBubblewrap }, [
    {
      name: 'a command writes nowhere but in its own folders',
      text: "...['--remount-ro', '/', '--chdir', SEEN.work,",
      without: "...['--chdir', SEEN.work,",
    },
    {
      name: 'a command asks the kernel for nothing it has no business with',
      text: "...filter.flatMap(() => ['--seccomp', `${4 + handed.length}`]),",
      without: '',
    },
  ]),
  ...guardsOf({ file: 'src/runner/bubblewrap.ts', tests: run }, [
    {
      name: 'everything in a namespace is ended with its first process',
      text: "    signal(first, 'SIGKILL');\n",
      without: '',
    },
  ]),
  ...guardsOf({ file: 'src/runner/bubblewrap.ts', tests: network }, [
    {
      name: 'a command has no network that the policy does not give it',
      text: "...(inside.network ? [readOnly(networkOf(box, options), '/run/network')] : []),",
      without: "readOnly(options.network, '/run/network'),",
    },
  ]),
  ...guardsOf({ file: 'src/runner/other-user.ts', tests: run }, [
    {
      name: 'a command finds nothing of Forge’s environment as another user',
      text: "return ['env', '-i', ...Object",
      without: "return ['env', `PLANTED=${process.env.PLANTED_SECRET ?? ''}`, ...Object",
    },
    {
      name: 'everything of another user is ended with a command',
      text: "  await asUser(user, 'kill -KILL -1');\n  await untilGone(`What ran as user ${user.name}`, isThere);",
      without: '',
    },
  ]),
  ...guardsOf({ file: 'src/runner/same-user.ts', tests: run }, [
    {
      name: 'what went into a session of its own is ended as well',
      text: "  for (const left of markedBy(box)) signal(left, 'SIGKILL');\n",
      without: '',
    },
    {
      name: 'a command finds nothing of Forge’s environment without isolation either',
      text: 'env: { ...environmentInside(foldersOf(box)), ...inside.env, [MARK]: box.folder },',
      without:
        'env: { ...process.env, ...environmentInside(foldersOf(box)), ...inside.env, [MARK]: box.folder },',
    },
  ]),
  ...guardsOf({ file: 'src/runner/addresses.ts', tests: network }, [
    {
      name: 'the links of a machine, where clouds tell its secrets, are out of reach',
      text: "'169.254.0.0/16', ",
      without: '',
    },
    {
      name: 'this machine is out of reach',
      text: "'127.0.0.0/8', ",
      without: '',
    },
    {
      name: 'this machine is out of reach by its newer address, too',
      text: "'::/96', ",
      without: '',
    },
    {
      name: 'the metadata of clouds outside of the links is out of reach',
      text: ", '100.100.100.200/32', '168.63.129.16/32'",
      without: '',
    },
    {
      name: 'an address that is written as another is out of reach',
      text: "'64:ff9b::/96', '64:ff9b:1::/48', '2002::/16'],",
      without: '],',
    },
    {
      name: 'whatever this machine is called is out of reach',
      text: 'return fixed.check(address, family) || ownAddresses().check(address, family);',
      without: 'return fixed.check(address, family);',
    },
  ]),
  ...guardsOf({ file: 'src/runner/connect-within.ts', tests: proxy }, [
    {
      name: 'a forbidden address is not connected with',
      text: 'addresses.find(({ address }) => !isForbidden(address));',
      without: 'addresses.find(({ address }) => address !== isForbidden(address));',
    },
    {
      name: 'what nobody has named is not even looked up',
      text: '    if (isForbidden === undefined) throw new NotNamed();\n',
      without: '    if (isForbidden === undefined) throw new OutOfReach();\n',
    },
  ]),
  ...guardsOf({ file: 'src/runner/reach.ts', tests: reach }, [
    {
      name: 'only hosts are reached that are named',
      text: 'if (!isEverything || !USUAL_PORTS.includes(port)) return undefined;',
      without: 'if (!USUAL_PORTS.includes(port)) return undefined;',
    },
    {
      name: 'of the internet only its usual ports are reached',
      text: 'if (!isEverything || !USUAL_PORTS.includes(port)) return undefined;',
      without: 'if (!isEverything) return undefined;',
    },
    {
      name: 'the network of the company is not the internet',
      text: 'isOutOfReach(address) || isPrivate(address)',
      without: 'isOutOfReach(address)',
    },
    {
      name: 'whoever is named is not reached on this machine',
      text: 'if (named.some((entry) => fits(entry, host, port))) return isOutOfReach;',
      without: 'if (named.some((entry) => fits(entry, host, port))) return () => false;',
    },
    {
      name: 'a host is reached at the port that is named',
      text: '  if (!ports.includes(port)) return false;\n',
      without: '',
    },
    {
      name: 'hosts below a domain do not end in it by chance',
      text: 'host: isDomain ? name.slice(1) : name,',
      without: 'host: isDomain ? name.slice(2) : name,',
    },
  ]),
  ...guardsOf({ file: 'src/runner/network.ts', tests: proxy }, [
    {
      name: 'commands hold only so many connections',
      text: '  server.maxConnections = MOST_CONNECTIONS;\n',
      without: '',
    },
    {
      name: 'no connection is kept for a command that has left, through a tunnel',
      text: "    client.once('close', () => upstream.destroy());\n",
      without: '',
    },
  ]),
  ...guardsOf({ file: 'src/runner/prove.ts', tests: hostile }, [
    {
      name: 'what could not be proven is not isolated',
      text: "if (ended.kind !== 'exited' || ended.code !== 0) return [notTried(ended, question.policy)];",
      without: "if (ended.kind !== 'exited' || ended.code !== 0) return [];",
    },
    {
      name: 'it is proven that no command reads what is Forge’s',
      text: 'const guarded = [...guardedByDefault(question.folder), ...(question.guarded ?? [])];',
      without: 'const guarded = [...guardedByDefault(question.folder)];',
    },
    {
      name: 'it is proven that no command gets at the metadata',
      text: 'addresses: isNetworkTaken ? [...addresses, here] : addresses,',
      without: 'addresses: isNetworkTaken ? [here] : [],',
    },
    {
      name: 'it is proven that there is no network where the policy says so',
      text: 'addresses: isNetworkTaken ? [...addresses, here] : addresses,',
      without: 'addresses,',
    },
  ]),
  ...guardsOf({ file: 'src/runner/inside/probe.ts', tests: hostile }, [
    {
      name: 'the proof tries to read Forge’s environment',
      text: "  ...(readsEnvironment() ? ['read environment'] : []),\n",
      without: '',
    },
    {
      name: 'the proof tries to end Forge',
      text: "  ...(signalsForge() ? ['signal'] : []),\n",
      without: '',
    },
    {
      name: 'the proof tries to change what is Forge’s',
      text: '  if (isWritable(path)) return [`change ${path}`];\n',
      without: '',
    },
    {
      name: 'the proof tries to read what is Forge’s',
      text: 'return isRead === true ? [`read ${path}`] : [];',
      without: 'return [];',
    },
  ]),
  ...guardsOf({ file: 'src/runner/environment-inside.ts', tests: run }, [
    {
      name: 'of Forge’s environment a command gets the files of authorities alone',
      text: '    ...authorityFiles(),\n',
      without: '    ...authorityFiles(),\n    PLANTED: `${process.env.PLANTED_SECRET}`,\n',
    },
  ]),
];
