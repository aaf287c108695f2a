// SPDX-License-Identifier: EUPL-1.2
// What a counter does, as it is sent to the server.

export type Lane = 'reuse' | 'repair' | 'waste';
export type Basis = 'measured' | 'standard' | 'estimated';

export interface Line {
  lane: Lane;
  stream: string;
  category: number | null;
  grams: number;
  pieces: number | null;
  basis: Basis;
  gross_g: number | null;
  tare: number | null;
  tare_g: number | null;
  scale: number | null;
  raw: string | null;
}

/** How a visitor gets a receipt. */
export const receiptWays = ['qr', 'paper', 'none'] as const;
export type ReceiptWay = (typeof receiptWays)[number];

export interface VisitBody {
  lines: Line[];
  postcode: string | null;
  vehicle: string | null;
  reason: string | null;
  pass: string | null;
  receipt: ReceiptWay;
  took_ms: number;
  taps: number;
}

/** The car as it should have been, in the place of one that stands in the books. */
export interface CorrectionBody extends VisitBody {
  corrects: string;
  mistake: UndoReason;
}

export interface RefusalBody {
  reason: string;
  stop: string | null;
  stream: string | null;
  elsewhere: number | null;
  postcode: string | null;
}

export const undoReasons = ['wrong-weight', 'wrong-stream', 'booked-twice', 'other-mistake'] as const;
export type UndoReason = (typeof undoReasons)[number];

export const voidReasons = ['drove-away', 'wrong-weight', 'other-mistake'] as const;
export type VoidReason = (typeof voidReasons)[number];

export interface TicketBody {
  lane: Lane;
  stream: string;
  gross_g: number;
  basis: Basis;
  scale: number | null;
  raw: string | null;
  word: string;
  vehicle: string | null;
}

export interface SecondPassBody {
  ticket: string;
  tare_g: number;
  tare: number | null;
  basis: Basis;
  scale: number | null;
  raw: string | null;
}

export type Deed =
  | { kind: 'gate-visit'; body: VisitBody }
  | { kind: 'gate-refusal'; body: RefusalBody }
  | { kind: 'gate-undo'; body: { visit: string; reason: UndoReason } }
  | { kind: 'gate-correction'; body: CorrectionBody }
  | { kind: 'ticket-open'; body: TicketBody }
  | { kind: 'ticket-complete'; body: SecondPassBody }
  | { kind: 'ticket-void'; body: { ticket: string; reason: VoidReason } };

export type Action = Deed & {
  id: string;
  sequence: number;
  person: number;
  /** The clock of this device, as it was. */
  clock_at: string;
  /** Server minus device clock at the last contact; 0 when it is unknown. */
  offset_ms: number;
};

/** What whoever did an accepted action should know. */
export interface Remark {
  code: string;
  detail: string;
  /** It stays on the screen until somebody has seen it. */
  attention: boolean;
}

export interface Outcome {
  id: string;
  outcome: 'booked' | 'repeated' | 'refused';
  code?: string;
  detail?: string;
  errors?: { field: string; code: string; detail: string }[];
  remark?: Remark;
}

export interface Batch {
  store: string;
  clock_at: string;
  waiting: number;
  oldest_at: string | null;
  actions: Action[];
}

/** What this device remembers of an action for "Net gedaan" and "Niet aangenomen". */
export interface Done {
  action: Action;
  state: 'waiting' | 'booked' | 'refused';
  detail: string;
  /** The action that undid it. */
  undone_by: string | null;
  dismissed: boolean;
  /** Absent until the server has answered, and where it had nothing to say. */
  remark?: Remark;
}
