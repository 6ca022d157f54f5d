/** GitHub takes no longer description. UTF-16 units, the stricter way to count. */
const LONGEST_BODY = 65_536;
const BEGIN = '<!-- forge: from here on Forge writes -->';
const END = '<!-- forge: up to here -->';
const MORE = '\n…';

/** A description with Forge’s part in it; what people wrote around it stays as it is. */
export function withPart(body: string, part: string): string {
  const { before, after } = around(body);
  const room = LONGEST_BODY - before.length - after.length - BEGIN.length - END.length - 2;
  return `${before}${BEGIN}\n${cut(part, room)}\n${END}${after}`;
}

/** Whole lines, as many as there is room for: half a line may end within code, and what stood in it would become markup. */
function cut(part: string, room: number): string {
  if (part.length <= room) return part;
  const end = part.lastIndexOf('\n', Math.max(0, room - MORE.length));
  return `${part.slice(0, Math.max(0, end))}${MORE}`;
}

/** What stands before and after Forge’s part. Where it is not there, or only half of it, it goes to the end. */
function around(body: string): { before: string; after: string } {
  const start = body.indexOf(BEGIN);
  const end = start === -1 ? -1 : body.indexOf(END, start);
  if (end !== -1) return { before: body.slice(0, start), after: body.slice(end + END.length) };
  const written = body.replaceAll(BEGIN, '').replaceAll(END, '').trimEnd();
  return { before: written === '' ? '' : `${written}\n\n`, after: '' };
}
