import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { boot } from './chromium.mjs';

const skip = new Set(['-r', '--require']);
const target = process.argv.slice(1).find((a, i, all) => !a.startsWith('-') && !skip.has(all[i - 1])) ?? '.';
const full = path.resolve(target);
const dir = fs.statSync(full).isDirectory() ? full : path.dirname(full);
const pkgFile = path.join(dir, 'package.json');
const pkg = fs.existsSync(pkgFile) ? JSON.parse(fs.readFileSync(pkgFile, 'utf8')) : {};
const entry = dir === full ? path.resolve(dir, pkg.main ?? 'index.js') : full;
await boot({ dir, pkg, load: () => import(pathToFileURL(entry).href) });
