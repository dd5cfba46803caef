export interface Breach {
  /** Relative to the checked folder, with slashes. */
  file: string;
  line: number;
  rule: string;
  reason: string;
}

export function checkWalls(src: string): Breach[];
