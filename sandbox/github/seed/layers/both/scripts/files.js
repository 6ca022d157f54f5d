import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Every JavaScript file below these folders, with its text. */
export function javascriptIn(folders) {
  return folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true })
      .filter((name) => name.endsWith('.js'))
      .map((name) => join(folder, name))
      .map((file) => ({ file, text: readFileSync(file, 'utf8') })),
  );
}

/** Ends the process with 1 where something was found, and says what. */
export function report(problems, good) {
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
  else console.log(good);
}
