import type { TestAws } from './start-aws.ts';

/** A refusal of Application Auto Scaling, as its client would throw it. */
class ScalingError extends Error {
  readonly $metadata: { httpStatusCode: number };
  constructor(name: string, message: string, httpStatusCode: number) {
    super(message);
    this.name = name;
    this.$metadata = { httpStatusCode };
  }
}

/** One call of Application Auto Scaling as its client sends it; there is no such client in this project. */
export async function callScaling(
  { endpoint, accessKeyId }: TestAws,
  operation: string,
  input: object,
  signal: AbortSignal | null = null,
): Promise<Record<string, unknown>> {
  const response = await fetch(endpoint, {
    method: 'POST',
    signal,
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20260101/us-east-1/application-autoscaling/aws4_request, SignedHeaders=host, Signature=any`,
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AnyScaleFrontendService.${operation}`,
    },
    body: JSON.stringify(input),
  });
  const answer = Object.fromEntries(Object.entries((await response.json()) ?? {}));
  if (response.ok) return answer;
  throw new ScalingError(String(answer.__type), String(answer.message), response.status);
}
