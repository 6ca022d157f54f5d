/** A person as Git writes one. */
export type Author = { name: string; email: string };

export type SeedCommit = {
  message: string;
  author: Author;
  /** Milliseconds since the epoch. */
  at: number;
  /** Files that are new or changed, by path. */
  files: ReadonlyMap<string, string>;
};

/**
 * A history for `git fast-import` (https://git-scm.com/docs/git-fast-import). Everything a commit's name is made of is given, so the
 * same calls make the same commits on every machine.
 */
export class History {
  readonly #parts: Buffer[] = [];
  #marks = 0;

  /** The newest commit of a branch from now on; on top of the branch, or of `from` where the branch is new. Its mark. */
  commit(branch: string, commit: SeedCommit, from?: number): number {
    this.#marks += 1;
    this.#write(`commit refs/heads/${branch}\nmark :${this.#marks}\n`);
    this.#write(`author ${signature(commit)}\ncommitter ${signature(commit)}\n`);
    this.#data(commit.message);
    if (from !== undefined) this.#write(`from :${from}\n`);
    for (const [path, text] of commit.files) {
      this.#write(`M 100644 inline ${path}\n`);
      this.#data(text);
    }
    return this.#marks;
  }

  /** A tag that is only a name. */
  tag(name: string, mark: number): void {
    this.#write(`reset refs/tags/${name}\nfrom :${mark}\n\n`);
  }

  /** A tag that says who made it, and why. */
  annotatedTag(name: string, mark: number, tag: Omit<SeedCommit, 'files'>): void {
    this.#write(`tag ${name}\nfrom :${mark}\ntagger ${signature(tag)}\n`);
    this.#data(tag.message);
  }

  /** What goes into `git fast-import`. */
  text(): Buffer {
    return Buffer.concat(this.#parts);
  }

  #data(text: string): void {
    this.#write(`data ${Buffer.byteLength(text)}\n${text}\n`);
  }

  #write(text: string): void {
    this.#parts.push(Buffer.from(text));
  }
}

function signature({ author, at }: Pick<SeedCommit, 'author' | 'at'>): string {
  return `${author.name} <${author.email}> ${Math.floor(at / 1_000)} +0000`;
}
