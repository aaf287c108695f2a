// SPDX-License-Identifier: EUPL-1.2
// The drawings that the app itself names. A stream of the set shows one of these, or a box.
import boldArrowCounterClockwise from '@phosphor-icons/core/assets/bold/arrow-counter-clockwise-bold.svg?raw';
import boldArrowLeft from '@phosphor-icons/core/assets/bold/arrow-left-bold.svg?raw';
import boldArrowRight from '@phosphor-icons/core/assets/bold/arrow-right-bold.svg?raw';
import boldBackspace from '@phosphor-icons/core/assets/bold/backspace-bold.svg?raw';
import boldCar from '@phosphor-icons/core/assets/bold/car-bold.svg?raw';
import boldCheck from '@phosphor-icons/core/assets/bold/check-bold.svg?raw';
import boldCheckCircle from '@phosphor-icons/core/assets/bold/check-circle-bold.svg?raw';
import boldClock from '@phosphor-icons/core/assets/bold/clock-bold.svg?raw';
import boldCloudCheck from '@phosphor-icons/core/assets/bold/cloud-check-bold.svg?raw';
import boldCloudSlash from '@phosphor-icons/core/assets/bold/cloud-slash-bold.svg?raw';
import boldDotsThree from '@phosphor-icons/core/assets/bold/dots-three-bold.svg?raw';
import boldGearSix from '@phosphor-icons/core/assets/bold/gear-six-bold.svg?raw';
import boldHandWaving from '@phosphor-icons/core/assets/bold/hand-waving-bold.svg?raw';
import boldListChecks from '@phosphor-icons/core/assets/bold/list-checks-bold.svg?raw';
import boldLock from '@phosphor-icons/core/assets/bold/lock-bold.svg?raw';
import boldMagnifyingGlass from '@phosphor-icons/core/assets/bold/magnifying-glass-bold.svg?raw';
import boldMapPin from '@phosphor-icons/core/assets/bold/map-pin-bold.svg?raw';
import boldMinus from '@phosphor-icons/core/assets/bold/minus-bold.svg?raw';
import boldNumpad from '@phosphor-icons/core/assets/bold/numpad-bold.svg?raw';
import boldPlugs from '@phosphor-icons/core/assets/bold/plugs-bold.svg?raw';
import boldPlus from '@phosphor-icons/core/assets/bold/plus-bold.svg?raw';
import boldPrinter from '@phosphor-icons/core/assets/bold/printer-bold.svg?raw';
import boldProhibit from '@phosphor-icons/core/assets/bold/prohibit-bold.svg?raw';
import boldQrCode from '@phosphor-icons/core/assets/bold/qr-code-bold.svg?raw';
import boldRoadHorizon from '@phosphor-icons/core/assets/bold/road-horizon-bold.svg?raw';
import boldSwap from '@phosphor-icons/core/assets/bold/swap-bold.svg?raw';
import boldTrash from '@phosphor-icons/core/assets/bold/trash-bold.svg?raw';
import boldUserCircle from '@phosphor-icons/core/assets/bold/user-circle-bold.svg?raw';
import boldWarningCircle from '@phosphor-icons/core/assets/bold/warning-circle-bold.svg?raw';
import boldWarningOctagon from '@phosphor-icons/core/assets/bold/warning-octagon-bold.svg?raw';
import boldX from '@phosphor-icons/core/assets/bold/x-bold.svg?raw';
import duoArmchair from '@phosphor-icons/core/assets/duotone/armchair-duotone.svg?raw';
import duoArrowsOut from '@phosphor-icons/core/assets/duotone/arrows-out-duotone.svg?raw';
import duoBag from '@phosphor-icons/core/assets/duotone/bag-duotone.svg?raw';
import duoBed from '@phosphor-icons/core/assets/duotone/bed-duotone.svg?raw';
import duoBicycle from '@phosphor-icons/core/assets/duotone/bicycle-duotone.svg?raw';
import duoBooks from '@phosphor-icons/core/assets/duotone/books-duotone.svg?raw';
import duoCheckCircle from '@phosphor-icons/core/assets/duotone/check-circle-duotone.svg?raw';
import duoCloudSlash from '@phosphor-icons/core/assets/duotone/cloud-slash-duotone.svg?raw';
import duoCookingPot from '@phosphor-icons/core/assets/duotone/cooking-pot-duotone.svg?raw';
import duoDeviceTablet from '@phosphor-icons/core/assets/duotone/device-tablet-duotone.svg?raw';
import duoDotsThree from '@phosphor-icons/core/assets/duotone/dots-three-duotone.svg?raw';
import duoDrop from '@phosphor-icons/core/assets/duotone/drop-duotone.svg?raw';
import duoHammer from '@phosphor-icons/core/assets/duotone/hammer-duotone.svg?raw';
import duoHandbag from '@phosphor-icons/core/assets/duotone/handbag-duotone.svg?raw';
import duoHandbagSimple from '@phosphor-icons/core/assets/duotone/handbag-simple-duotone.svg?raw';
import duoLock from '@phosphor-icons/core/assets/duotone/lock-duotone.svg?raw';
import duoMagnifyingGlass from '@phosphor-icons/core/assets/duotone/magnifying-glass-duotone.svg?raw';
import duoPackage from '@phosphor-icons/core/assets/duotone/package-duotone.svg?raw';
import duoPlug from '@phosphor-icons/core/assets/duotone/plug-duotone.svg?raw';
import duoProhibit from '@phosphor-icons/core/assets/duotone/prohibit-duotone.svg?raw';
import duoPuzzlePiece from '@phosphor-icons/core/assets/duotone/puzzle-piece-duotone.svg?raw';
import duoRecycle from '@phosphor-icons/core/assets/duotone/recycle-duotone.svg?raw';
import duoRoadHorizon from '@phosphor-icons/core/assets/duotone/road-horizon-duotone.svg?raw';
import duoStack from '@phosphor-icons/core/assets/duotone/stack-duotone.svg?raw';
import duoStorefront from '@phosphor-icons/core/assets/duotone/storefront-duotone.svg?raw';
import duoTShirt from '@phosphor-icons/core/assets/duotone/t-shirt-duotone.svg?raw';
import duoTote from '@phosphor-icons/core/assets/duotone/tote-duotone.svg?raw';
import duoToteSimple from '@phosphor-icons/core/assets/duotone/tote-simple-duotone.svg?raw';
import duoTrash from '@phosphor-icons/core/assets/duotone/trash-duotone.svg?raw';
import duoUser from '@phosphor-icons/core/assets/duotone/user-duotone.svg?raw';
import duoUserCircleGear from '@phosphor-icons/core/assets/duotone/user-circle-gear-duotone.svg?raw';
import duoWall from '@phosphor-icons/core/assets/duotone/wall-duotone.svg?raw';
import duoWarningOctagon from '@phosphor-icons/core/assets/duotone/warning-octagon-duotone.svg?raw';
import duoWrench from '@phosphor-icons/core/assets/duotone/wrench-duotone.svg?raw';

export const bold = {
  'arrow-counter-clockwise': boldArrowCounterClockwise,
  'arrow-left': boldArrowLeft,
  'arrow-right': boldArrowRight,
  backspace: boldBackspace,
  car: boldCar,
  check: boldCheck,
  'check-circle': boldCheckCircle,
  clock: boldClock,
  'cloud-check': boldCloudCheck,
  'cloud-slash': boldCloudSlash,
  'dots-three': boldDotsThree,
  'gear-six': boldGearSix,
  'hand-waving': boldHandWaving,
  'list-checks': boldListChecks,
  lock: boldLock,
  'magnifying-glass': boldMagnifyingGlass,
  'map-pin': boldMapPin,
  minus: boldMinus,
  numpad: boldNumpad,
  plugs: boldPlugs,
  plus: boldPlus,
  printer: boldPrinter,
  prohibit: boldProhibit,
  'qr-code': boldQrCode,
  'road-horizon': boldRoadHorizon,
  swap: boldSwap,
  trash: boldTrash,
  'user-circle': boldUserCircle,
  'warning-circle': boldWarningCircle,
  'warning-octagon': boldWarningOctagon,
  x: boldX,
} as const;

export const duotone: Record<string, string> = {
  armchair: duoArmchair,
  'arrows-out': duoArrowsOut,
  bag: duoBag,
  bed: duoBed,
  bicycle: duoBicycle,
  books: duoBooks,
  'check-circle': duoCheckCircle,
  'cloud-slash': duoCloudSlash,
  'cooking-pot': duoCookingPot,
  'device-tablet': duoDeviceTablet,
  'dots-three': duoDotsThree,
  drop: duoDrop,
  hammer: duoHammer,
  handbag: duoHandbag,
  'handbag-simple': duoHandbagSimple,
  lock: duoLock,
  'magnifying-glass': duoMagnifyingGlass,
  package: duoPackage,
  plug: duoPlug,
  prohibit: duoProhibit,
  'puzzle-piece': duoPuzzlePiece,
  recycle: duoRecycle,
  'road-horizon': duoRoadHorizon,
  stack: duoStack,
  storefront: duoStorefront,
  't-shirt': duoTShirt,
  tote: duoTote,
  'tote-simple': duoToteSimple,
  trash: duoTrash,
  user: duoUser,
  'user-circle-gear': duoUserCircleGear,
  wall: duoWall,
  'warning-octagon': duoWarningOctagon,
  wrench: duoWrench,
};

export type Bold = keyof typeof bold;

/** The pictogram of that name, or a box: the set may name one that this version does not have. */
export function pictogram(name: string): string {
  return duotone[name] ?? duotone['package'] ?? '';
}
