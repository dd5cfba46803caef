/**
 * What the extension and its approval page say to each other. The page is given finished sentences and draws them; it
 * decides nothing. Nothing here knows `vscode`, Node or the page.
 */

/** A line of text; `was` is how it read when it was shown before, `isNew` that it was not there (G12). */
export interface Line {
  readonly text: string;
  readonly was?: string;
  readonly isNew?: boolean;
}

export interface Row extends Line {
  readonly label: string;
}

/** Text cut into pieces, of which some deserve the eye. */
export type Marked = readonly { readonly text: string; readonly marked: boolean }[];

export interface Warning extends Line {
  /** Good to know, and no reason to stop. */
  readonly isNote: boolean;
  /** Two things that look alike, one above the other, with the differing characters marked. */
  readonly alike?: readonly { readonly label: string; readonly text: Marked }[];
}

/** Everything the page draws: facts from verified answers and words of the agent in parts of their own. */
export interface ApprovalView {
  /** For the `lang` attribute. */
  readonly lang: 'en' | 'zh-CN';
  readonly band: {
    readonly kind: 'local-sandbox' | 'alipay-sandbox' | 'production';
    readonly name: string;
    readonly note: string;
  };
  readonly profile: string;
  /** What kind of thing is asked for: "Refund". */
  readonly kind: string;
  /** The operation in one sentence, with its amount. */
  readonly operation: Line;
  readonly amount: {
    /** With thousands commas, and marked where it is the most that can go out. */
    readonly figure: string;
    readonly unit: string;
    readonly capitals: string;
    readonly atMost?: string;
  };
  /** In large letters: a second one; changed since it was shown. */
  readonly second?: { readonly title: string; readonly text: string };
  readonly changed?: { readonly title: string; readonly text: string };
  readonly warnings: readonly Warning[];
  readonly facts: readonly Row[];
  readonly effect: { readonly rows: readonly Row[]; readonly lines: readonly Line[] };
  readonly agentWords: readonly { readonly label: string; readonly field: string; readonly text: string }[];
  readonly limits: readonly Row[];
  readonly signed: {
    readonly rows: readonly Row[];
    /** `biz_content`, laid out for reading. */
    readonly pretty: string;
    /** The same as it will be signed, on one line. */
    readonly raw: string;
    /** The digest in groups of four. */
    readonly digest: readonly string[];
    /** Its beginning and end, for beside the buttons. */
    readonly short: string;
  };
  readonly asker: string;
  readonly expires: string;
  readonly queue?: string;
  /** Production: what must be typed, and how that is asked for. */
  readonly typed?: { readonly amount: string; readonly hint: string; readonly wrong: string };
  readonly words: Words;
}

/** Headings, buttons and what the page says by itself. */
export interface Words {
  readonly warnings: string;
  readonly facts: string;
  readonly effect: string;
  readonly agentWords: string;
  readonly agentWordsNote: string;
  readonly limits: string;
  readonly signed: string;
  readonly signedNote: string;
  readonly show: string;
  readonly pretty: string;
  readonly raw: string;
  readonly digest: string;
  readonly before: string;
  readonly isNew: string;
  readonly amount: string;
  readonly reason: string;
  readonly reasonHint: string;
  readonly approve: string;
  readonly deny: string;
  readonly timeLeft: string;
  /** Why nothing reacts in the first second. */
  readonly readFirst: string;
  readonly decided: string;
  readonly expired: Ending;
  /** The extension no longer answers. */
  readonly dead: Ending;
}

export interface Ending {
  readonly title: string;
  readonly text: string;
}

/** Extension → page. */
export type HostMessage =
  /** Draw this; what the page sends from now on carries `token`. */
  | { readonly type: 'show'; readonly token: string; readonly view: ApprovalView }
  /** The extension lives; the time left to show, and now and then to announce. */
  | { readonly type: 'pulse'; readonly left: string; readonly announce?: string }
  /** The page's token is of an earlier showing: it has to say `ready` again. */
  | { readonly type: 'again' }
  /** A click did not count, and why. */
  | { readonly type: 'notice'; readonly text: string }
  | { readonly type: 'expired' };

/** Page → extension. */
export type PageMessage =
  /** Loaded, or back on the screen: draw me. */
  | { readonly type: 'ready' }
  /** Off the screen, with the editor still showing the panel: a browser tab in the background. */
  | { readonly type: 'hidden' }
  | { readonly type: 'heartbeat'; readonly token: string }
  | { readonly type: 'approve'; readonly token: string; readonly digest: string; readonly typedAmount?: string }
  | { readonly type: 'deny'; readonly token: string; readonly reason?: string };

/** How often the page says that it lives, and the extension that it does; ms. */
export const HEARTBEAT_MS = 2_000;
export const PULSE_MS = 1_000;
/** Nothing counts for this long after a request is (re)shown (G5); ms. */
export const FIRST_SECOND_MS = 1_000;
/** Of a denial's reason, in UTF-16 units. */
export const LONGEST_REASON = 200;

/** A message of the page, or undefined for anything that is none. Only own string fields count. */
export function parsePageMessage(value: unknown): PageMessage | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const own = new Map<string, unknown>(Object.entries(value));
  const token = own.get('token');
  switch (own.get('type')) {
    case 'ready':
      return { type: 'ready' };
    case 'hidden':
      return { type: 'hidden' };
    case 'heartbeat':
      return typeof token === 'string' ? { type: 'heartbeat', token } : undefined;
    case 'approve': {
      const [digest, typedAmount] = [own.get('digest'), own.get('typedAmount')];
      if (typeof token !== 'string' || typeof digest !== 'string') return undefined;
      if (typedAmount === undefined) return { type: 'approve', token, digest };
      return typeof typedAmount === 'string' ? { type: 'approve', token, digest, typedAmount } : undefined;
    }
    case 'deny': {
      const reason = own.get('reason');
      if (typeof token !== 'string') return undefined;
      if (reason === undefined) return { type: 'deny', token };
      return typeof reason === 'string' ? { type: 'deny', token, reason: reason.slice(0, LONGEST_REASON) } : undefined;
    }
    default:
      return undefined;
  }
}
