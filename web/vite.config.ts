// SPDX-License-Identifier: EUPL-1.2
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';
import { appTexts } from './app-texts';
import { islandTexts } from './island-texts';

// Everything lies flat in one folder under a name with eight hexadecimal figures of its hash, so that the
// server can let browsers keep it for a year. scripts/finish-build.mjs then builds once more in mode
// "app", for the staff app: built together the two would share a piece, and each public page would carry
// what only the app needs. It also writes manifest.json, icons.json, the shell and the compressed
// copies, and makes it dist/.
export default defineConfig(({ mode }) => {
  const app = mode === 'app';
  return {
    plugins: [svelte(), islandTexts(), appTexts()],
    base: '/static/',
    build: {
      outDir: 'node_modules/.dist-new',
      emptyOutDir: !app,
      assetsDir: '',
      assetsInlineLimit: 0,
      manifest: app ? 'vite-manifest-app.json' : 'vite-manifest.json',
      modulePreload: false,
      target: ['chrome100', 'firefox100', 'safari15.4'],
      rollupOptions: {
        input: app ? { app: 'src/app.ts' } : { site: 'src/site.css', islands: 'src/islands.ts' },
        output: {
          hashCharacters: 'hex',
          entryFileNames: '[name]-[hash:8].js',
          chunkFileNames: '[name]-[hash:8].js',
          assetFileNames: '[name]-[hash:8][extname]',
        },
      },
    },
  };
});
