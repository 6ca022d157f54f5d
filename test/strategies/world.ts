import { aRun, aServicePolicy } from '../builders.ts';

export const regions = ['us-east-1', 'eu-west-1', 'ap-southeast-1'];
export const digest = (digit: string) => `sha256:${digit.repeat(64)}`;
export const everywhere = (value: string) => Object.fromEntries(regions.map((region) => [region, value]));

export const world = aServicePolicy({
  runs: { production: regions.map((region) => aRun({ region, url: `https://${region}.example` })) },
});
