import { expect, it } from 'vitest';
import { imageName } from '../../src/aws/image-name.ts';

it('an image template is filled in wherever it names the account or the region', () => {
  const template = '{account}.dkr.ecr.{region}.amazonaws.com/{region}/{account}-{region}/api:git-{commit}';

  expect(imageName(template, { account: '111111111111', region: 'eu-west-1' })).toMatchObject({
    registry: '111111111111',
    repository: 'eu-west-1/111111111111-eu-west-1/api',
    uri: '111111111111.dkr.ecr.eu-west-1.amazonaws.com/eu-west-1/111111111111-eu-west-1/api',
  });
});
