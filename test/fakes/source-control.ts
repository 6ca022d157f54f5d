import type { Release } from '../../src/domain/release.ts';
import { type CallOptions, PlatformUnavailable } from '../../src/ports/platform.ts';
import type { ImageThere, Resolution, SourceControl } from '../../src/ports/source-control.ts';

/** A release as the fake knows it. Later ones in the list are newer. */
export type KnownRelease = {
  release: Release;
  branch: string;
  /** Regions it should be in but is not. */
  missingIn?: string[];
};

type Present = Extract<ImageThere, { kind: 'present' }>;
/** `revision: null`: it has no label. */
type Different = Partial<Omit<Present, 'kind' | 'revision'>> & { revision?: string | null };

/** Source control in memory: the same releases in every environment. */
export class FakeSourceControl implements SourceControl {
  readonly calls: string[] = [];
  readonly #images = new Map<string, Different>();
  #known: KnownRelease[];
  #silent = false;

  constructor(known: readonly KnownRelease[] = []) {
    this.#known = [...known];
  }

  add(known: KnownRelease): void {
    this.#known.push(known);
  }

  /** Says what is different about the images of a commit; otherwise they are active, labelled with it, and scanned without findings. */
  setImage(commit: string, different: Different): void {
    this.#images.set(commit, { ...this.#images.get(commit), ...different });
  }

  /** While silent, every call throws `PlatformUnavailable`. */
  silence(silent: boolean): void {
    this.#silent = silent;
  }

  async resolve(
    request: { service: string; environment: string; ref: string },
    options: CallOptions,
  ): Promise<Resolution> {
    this.#answer('resolve', options);
    const found = this.#newest(request.service).filter((known) => isNamed(known, request.ref));
    const named = found.filter((known) => known.branch !== request.ref);
    const newest = found.find((known) => known.branch === request.ref);
    const matches = [...named, ...(newest === undefined ? [] : [newest])];
    const [only] = matches;
    if (only === undefined) {
      const known = this.#newest(request.service).map((each) => each.release.version);
      return { kind: 'unknown', known: known.slice(0, 5) };
    }
    if (matches.length > 1) return { kind: 'ambiguous', candidates: matches.map((each) => each.release) };
    if (only.missingIn !== undefined && only.missingIn.length > 0) {
      return { kind: 'missing', version: only.release.version, regions: only.missingIn };
    }
    return { kind: 'found', release: only.release };
  }

  async recent(
    request: { service: string; environment: string; limit: number },
    options: CallOptions,
  ): Promise<Release[]> {
    this.#answer('recent', options);
    return this.#newest(request.service)
      .filter((known) => (known.missingIn ?? []).length === 0)
      .map((known) => known.release)
      .slice(0, request.limit);
  }

  async describe(
    request: { service: string; environment: string; region: string; digest: string },
    options: CallOptions,
  ): Promise<{ version: string; commit?: string } | undefined> {
    this.#answer('describe', options);
    const known = this.#newest(request.service).find(
      (each) => each.release.digests[request.region] === request.digest,
    );
    if (known === undefined) return undefined;
    const { version, commit } = known.release;
    return { version, ...(commit === undefined ? {} : { commit }) };
  }

  async image(
    request: { service: string; environment: string; commit: string },
    options: CallOptions,
  ): Promise<Record<string, ImageThere>> {
    this.#answer('image', options);
    const all = this.#newest(request.service);
    const known = all.find((each) => each.release.commit === request.commit);
    const regions = new Set(all.flatMap((each) => Object.keys(each.release.digests)));
    return Object.fromEntries(
      [...regions].map((region) => [region, this.#imageIn(region, request.commit, known)]),
    );
  }

  #imageIn(region: string, commit: string, known: KnownRelease | undefined): ImageThere {
    const digest = known?.release.digests[region];
    if (digest === undefined || known?.missingIn?.includes(region) === true) return { kind: 'absent' };
    const { revision, ...image } = { ...anImage({ digest, revision: commit }), ...this.#images.get(commit) };
    // The label of what can't be pulled can't be read either.
    return image.status === 'active' && typeof revision === 'string' ? { ...image, revision } : image;
  }

  #newest(service: string): KnownRelease[] {
    return this.#known.filter((known) => known.release.service === service).toReversed();
  }

  #answer(method: string, options: CallOptions): void {
    this.calls.push(method);
    options.signal.throwIfAborted();
    if (this.#silent) throw new PlatformUnavailable(`The registry did not answer ${method}.`);
  }
}

/** An image that nothing is wrong with. */
function anImage(of: { digest: string; revision: string }): Present {
  const findings = { critical: 0, high: 0, medium: 0, low: 0 };
  return { kind: 'present', ...of, status: 'active', scan: { kind: 'complete', findings, unrated: 0 } };
}

function isNamed(known: KnownRelease, ref: string): boolean {
  const { version, commit } = known.release;
  const isPrefix = /^[0-9a-f]{7,40}$/.test(ref) && commit?.startsWith(ref) === true;
  return version === ref || version === `v${ref}` || isPrefix || known.branch === ref;
}
