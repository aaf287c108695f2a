// SPDX-License-Identifier: EUPL-1.2
import { defineConfig } from 'vitest/config';
import { appTexts } from './app-texts';
import { islandTexts } from './island-texts';

export default defineConfig({
  plugins: [islandTexts(), appTexts()],
  test: { include: ['src/**/*.test.ts', 'css/**/*.test.ts'], environment: 'node' },
});
