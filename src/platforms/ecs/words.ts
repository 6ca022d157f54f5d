/** What AWS says, for people: target groups by their name, tasks without theirs (it differs each time), no full stop. */
export function inWords(text: string): string {
  return withoutStop(
    text
      .replace(/arn:[\w-]+:elasticloadbalancing:[\w-]*:\d*:targetgroup\/([\w-]+)(\/\w+)?/g, '$1')
      .replace(/(\b[Tt]ask )?arn:[\w-]+:ecs:[\w-]*:\d*:task\/[\w/-]+/g, (_, noun = 'task ') =>
        `${noun}`.trim(),
      ),
  );
}

export function withoutStop(text: string): string {
  return text.trim().replace(/[\s.:;,]+$/, '');
}

/** `1 task`, `2 tasks`. */
export function taskCount(count: number): string {
  return count === 1 ? '1 task' : `${count} tasks`;
}
