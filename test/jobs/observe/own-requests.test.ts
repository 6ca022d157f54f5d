import { describe, expect, it } from 'vitest';
import { withoutOwn } from '../../../jobs/observe/own-requests.ts';

const at = 60_000;
const point = (value: number) => [{ at, value }];

function aColour({ requests, target5xx = 0 }: { requests: number; target5xx?: number }) {
  return {
    requests: point(requests),
    target5xx: point(target5xx),
    ...{ target4xx: [], connectionErrors: [], p95Ms: [], p99Ms: [] },
  };
}

describe('requests that Forge sends itself', () => {
  it('are no evidence: what is left is of customers', () => {
    expect(withoutOwn(aColour({ requests: 100 }), 30).requests).toEqual(point(70));
  });

  it('leave nothing where nobody else came by', () => {
    expect(withoutOwn(aColour({ requests: 24 }), 30).requests).toEqual(point(0));
  });

  it('stay where they failed', () => {
    expect(withoutOwn(aColour({ requests: 24, target5xx: 20 }), 30).requests).toEqual(point(20));
  });
});
