import { stripVTControlCharacters } from 'node:util';
import type { Output } from '../ports/command-runner.ts';

/** Keeps the last bytes of what is printed, however much that is. */
export type Tail = { push(chunk: Buffer): void; read(): Output };

/** `limit`: bytes. */
export function createTail(limit: number): Tail {
  const chunks: Buffer[] = [];
  let kept = 0;
  let isCut = false;

  function dropOld(): void {
    for (let first = chunks[0]; first !== undefined && kept - first.length >= limit; first = chunks[0]) {
      kept -= first.length;
      isCut = true;
      chunks.shift();
    }
  }

  return {
    push(chunk) {
      // A copy: a slice would keep the whole buffer of the pipe alive.
      chunks.push(Buffer.from(chunk.subarray(-limit)));
      isCut ||= chunk.length > limit;
      kept += Math.min(chunk.length, limit);
      dropOld();
    },
    read() {
      const bytes = Buffer.concat(chunks);
      const last = limit > 0 ? bytes.subarray(-limit) : bytes.subarray(0, 0);
      const isShortened = isCut || last.length < bytes.length;
      return { text: plain(isShortened ? fromCharacter(last) : last), isCut: isShortened };
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
  const text = stripVTControlCharacters(bytes.toString('utf8')).replace(OTHER_LINE_ENDS, '\n');
  return text.replace(UNSHOWABLE, (character) => (character === '\n' || character === '\t' ? character : ''));
}
