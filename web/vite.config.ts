// SPDX-License-Identifier: EUPL-1.2
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';
import { islandTexts } from './island-texts';

// Everything lies flat in one folder under a name with eight hexadecimal figures of its hash, so that the
// server can let browsers keep it for a year. scripts/finish-build.mjs then writes manifest.json,
// icons.json and the compressed copies, and makes it dist/.
export default defineConfig({
  plugins: [svelte(), islandTexts()],
  base: '/static/',
  build: {
    outDir: 'node_modules/.dist-new',
    emptyOutDir: true,
    assetsDir: '',
    assetsInlineLimit: 0,
    manifest: 'vite-manifest.json',
    modulePreload: false,
    target: ['chrome100', 'firefox100', 'safari15.4'],
    rollupOptions: {
      input: { site: 'src/site.css', islands: 'src/islands.ts' },
      output: {
        hashCharacters: 'hex',
        entryFileNames: '[name]-[hash:8].js',
        chunkFileNames: '[name]-[hash:8].js',
        assetFileNames: '[name]-[hash:8][extname]',
      },
    },
  },
});
