// SPDX-License-Identifier: EUPL-1.2
declare module 'virtual:app-texts' {
  export const texts: { nl: Record<string, string>; en: Record<string, string> };
}
