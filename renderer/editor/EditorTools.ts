import type { PassageLanguage } from '../../shared/domain/passageLanguage.ts';
import type { FindApi } from './FindApi.ts';
import type { RedlineApi } from './RedlineApi.ts';
import type { SpellingApi } from './SpellingApi.ts';

/** The language of the passage at the caret. */
export interface LanguageApi {
  get(): PassageLanguage;
  subscribe(listener: () => void): () => void;
  /** Of the selected words, or of the block. */
  set(language: PassageLanguage): void;
}

/** What a person can switch on and off. */
export interface ToolSwitches {
  /** Dashes, quotation marks and no-break spaces while typing. */
  typing: boolean;
  spelling: boolean;
  /** No-break spaces show. */
  formattingMarks: boolean;
}

/** What the editor offers beside writing; each part stands for itself. */
export interface EditorTools {
  readonly find: FindApi;
  readonly spelling: SpellingApi;
  readonly language: LanguageApi;
  readonly redline: RedlineApi;
  /** Signs that keyboards lack. */
  readonly signs: readonly {
    name: 'section' | 'paragraph' | 'enDash' | 'emDash' | 'noBreakSpace';
    sign: string;
  }[];
  setSwitches(switches: ToolSwitches): void;
}
