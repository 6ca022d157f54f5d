/**
 * What a command has no business with: keyrings, which namespaces do not part and a login may have filled with secrets, and parts of the
 * kernel through which others have got out. Numbers from the kernel's tables of system calls; architectures as in linux/audit.h.
 */
const FORBIDDEN = {
  x64: { audit: 0xc000003e, calls: [248, 249, 250, 298, 321, 323, 425, 426, 427], below: 0x40000000 },
  arm64: { audit: 0xc00000b7, calls: [217, 218, 219, 241, 280, 282, 425, 426, 427], below: undefined },
} as const;

const ALLOWED = 0x7fff0000;
/** Fails as if the kernel had no such call (ENOSYS): programs that could use it do without. */
const ABSENT = 0x00050000 | 38;

/** Offsets into what the kernel tells a filter of a call. */
const NUMBER_OF_CALL = 0;
const ARCHITECTURE = 4;

const LOAD = 0x20;
const IF_EQUAL = 0x15;
const IF_AT_LEAST = 0x35;
const RETURN = 0x06;

type Instruction = { code: number; ifSo?: number; otherwise?: number; value: number };

/** A filter for bwrap's --seccomp; undefined where nobody knows this machine's numbers. Source: seccomp(2), bwrap(1). */
export function systemCallFilter(architecture: string = process.arch): Buffer | undefined {
  if (architecture !== 'x64' && architecture !== 'arm64') return undefined;
  const { audit, calls, below } = FORBIDDEN[architecture];
  // Jumps are counted from the next instruction on; what is forbidden goes to the last one.
  const checks = [
    // Numbers of another kind of program mean other calls.
    ...(below === undefined ? [] : [{ code: IF_AT_LEAST, value: below }]),
    ...calls.map((value) => ({ code: IF_EQUAL, value })),
  ];
  return assembled([
    { code: LOAD, value: ARCHITECTURE },
    { code: IF_EQUAL, value: audit, ifSo: 0, otherwise: checks.length + 2 },
    { code: LOAD, value: NUMBER_OF_CALL },
    ...checks.map((check, index) => ({ ...check, ifSo: checks.length - index })),
    { code: RETURN, value: ALLOWED },
    { code: RETURN, value: ABSENT },
  ]);
}

function assembled(instructions: readonly Instruction[]): Buffer {
  const bytes = Buffer.alloc(instructions.length * 8);
  for (const [index, { code, ifSo = 0, otherwise = 0, value }] of instructions.entries()) {
    bytes.writeUInt16LE(code, index * 8);
    bytes.writeUInt8(ifSo, index * 8 + 2);
    bytes.writeUInt8(otherwise, index * 8 + 3);
    bytes.writeUInt32LE(value, index * 8 + 4);
  }
  return bytes;
}
