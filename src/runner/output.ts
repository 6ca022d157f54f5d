import { withoutControlSequences } from '../domain/control-sequences.ts';
import type { Output } from '../ports/command-runner.ts';

/** Keeps the last bytes of what is printed, however much that is. */
export type Tail = { push(chunk: Buffer): void; read(): Output };

/** Bytes. */
const FIRST_SIZE = 16 * 2 ** 10;

/** `limit`: bytes. */
export function createTail(limit: number): Tail {
  // Copied into, whatever the size of the pieces: a million of one byte each takes no more room than one of a million.
  let ring = Buffer.alloc(0);
  let seen = 0;

  /** Grows up to the limit, so that what prints little takes little. Whole until then: its end is where it was written last. */
  function makeRoom(wanted: number): void {
    if (wanted <= ring.length || ring.length === limit) return;
    const larger = Buffer.alloc(Math.min(limit, Math.max(wanted, ring.length * 2, FIRST_SIZE)));
    ring.copy(larger, 0, 0, seen);
    ring = larger;
  }

  function write(bytes: Buffer): void {
    const at = seen % ring.length;
    const copied = bytes.copy(ring, at);
    bytes.copy(ring, 0, copied);
    seen += bytes.length;
  }

  return {
    push(chunk) {
      if (limit <= 0 || chunk.length === 0) {
        seen += chunk.length;
        return;
      }
      makeRoom(seen + chunk.length);
      // What it would be overwritten by itself counts as seen only.
      const skipped = Math.max(0, chunk.length - ring.length);
      seen += skipped;
      write(chunk.subarray(skipped));
    },
    read() {
      const isCut = seen > ring.length;
      const at = isCut ? seen % ring.length : 0;
      const bytes = isCut ? Buffer.concat([ring.subarray(at), ring.subarray(0, at)]) : ring.subarray(0, seen);
      return { text: plain(isCut ? fromCharacter(bytes) : bytes), isCut };
    },
  };
}

/** Without the rest of a character of UTF-8 whose beginning was cut. */
function fromCharacter(bytes: Buffer): Buffer {
  const begin = bytes.findIndex((byte) => (byte & 0b1100_0000) !== 0b1000_0000);
  return bytes.subarray(Math.max(0, begin));
}

const OTHER_LINE_ENDS = /\r+\n?/gu;
/** Control characters but line ends and tabs; and what turns the direction of writing. */
const UNSHOWABLE = /[\p{Cc}\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/gu;

/** Text as a terminal would show it, without colours, moves of the cursor and control characters; what is no UTF-8 becomes U+FFFD. */
export function plain(bytes: Buffer): string {
  const text = withoutControlSequences(bytes.toString('utf8')).replace(OTHER_LINE_ENDS, '\n');
  return text.replace(UNSHOWABLE, (character) => (character === '\n' || character === '\t' ? character : ''));
}
