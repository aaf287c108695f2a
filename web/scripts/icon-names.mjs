// SPDX-License-Identifier: EUPL-1.2
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

function* files(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* files(path);
    else yield path;
  }
}

/** The column `icon` of a table whose first line names the columns. */
function namesOfCategories(path) {
  const [head, ...lines] = readFileSync(path, 'utf8').split('\n').filter((line) => line && !line.startsWith('#'));
  const column = head.split(';').indexOf('icon');
  return lines.map((line) => line.split(';')[column]);
}

/**
 * The names in one style each: of templates what they ask for by [[icon:name]] and [[duotone:name]],
 * of the rooms' code every literal that is the name of a drawing, since data name the pictograms of
 * streams, figures and movements. Product categories have a pictogram, in duotone only. `exists` tells
 * which names there are.
 */
export function namesUsed(root, exists) {
  const used = { bold: new Set(), duotone: new Set() };
  for (const path of files(join(root, 'src'))) {
    if (path.endsWith('.mustache')) {
      for (const [, kind, name] of readFileSync(path, 'utf8').matchAll(/\[\[(icon|duotone):([a-z0-9-]+)\]\]/g)) {
        if (!exists(name)) throw new Error(`${path} asks for an icon that there is not: ${name}`);
        used[kind === 'icon' ? 'bold' : 'duotone'].add(name);
      }
    } else if (path.includes('/rooms/') && path.endsWith('.cpp') && !path.endsWith('_test.cpp')) {
      for (const [, name] of readFileSync(path, 'utf8').matchAll(/"([a-z]+(?:-[a-z]+)*)"/g)) {
        if (!exists(name)) continue;
        used.bold.add(name);
        used.duotone.add(name);
      }
    }
  }
  for (const name of namesOfCategories(join(root, 'reference/streams/categories.csv'))) {
    if (!exists(name)) throw new Error(`a category asks for an icon that there is not: ${name}`);
    used.duotone.add(name);
  }
  return { bold: [...used.bold].sort(), duotone: [...used.duotone].sort() };
}
