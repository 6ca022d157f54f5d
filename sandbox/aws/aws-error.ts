/** A refusal as AWS words it: `code` is the name on the wire (`RuleNotFound`, `ClusterNotFoundException`). */
export class AwsError extends Error {
  readonly code: string;
  readonly status: number;
  /** Further fields of the error's shape. */
  readonly fields: Record<string, unknown>;

  constructor(
    code: string,
    message: string,
    options: { status?: number; fields?: Record<string, unknown> } = {},
  ) {
    super(message);
    this.code = code;
    this.status = options.status ?? 400;
    this.fields = options.fields ?? {};
  }
}
