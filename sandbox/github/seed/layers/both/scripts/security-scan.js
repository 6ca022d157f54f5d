import { readFileSync } from 'node:fs';
import { javascriptIn, report } from './files.js';

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const others = Object.entries(packages).filter(([path]) => path !== '');
const unproven = others
  .filter(([, { integrity }]) => integrity === undefined)
  .map(([path]) => `${path}: the lockfile has no checksum of it`);
const foreign = others
  .filter(([, { resolved }]) => resolved?.startsWith('https://registry.npmjs.org/') !== true)
  .map(([path]) => `${path}: not from the npm registry`);
const secrets = javascriptIn(['src'])
  .filter(({ text }) => /AKIA[0-9A-Z]{16}|-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text))
  .map(({ file }) => `${file}: holds a secret`);

report([...unproven, ...foreign, ...secrets], `${others.length} packages and no secrets.`);
