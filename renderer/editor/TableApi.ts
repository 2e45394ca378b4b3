/** What a person does to the table of the caret. */
export const TABLE_COMMANDS = [
  'row-above',
  'row-below',
  'column-left',
  'column-right',
  'delete-row',
  'delete-column',
  'delete-table',
  'header',
  'merge',
  'split',
  'wider',
  'narrower',
] as const;
export type TableCommand = (typeof TABLE_COMMANDS)[number];

/** Where the caret stands in a table; counted from 1. */
export interface TableCaret {
  row: number;
  rows: number;
  column: number;
  columns: number;
  head: boolean;
  canMerge: boolean;
  canSplit: boolean;
}

/** Tables of the text, for the window around the editor. */
export interface TableApi {
  /** Puts a table behind the paragraph of the caret; false without one, or in a table. */
  insert(rows: number, columns: number): boolean;
  /** False where it is not possible. While suggesting, rows and columns are suggested. */
  run(command: TableCommand): boolean;
  /** Commands that cannot be suggested, for a window that suggests. */
  isOffered(command: TableCommand): boolean;
  getCaret(): TableCaret | null;
  subscribe(listener: () => void): () => void;
}
