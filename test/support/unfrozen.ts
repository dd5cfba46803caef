/** What `make` returns, alterable where it stands: as if the language kept no promise of being frozen. */
export function unfrozen<T>(make: () => T): T {
  const { freeze } = Object;
  Object.freeze = <Kept>(kept: Kept): Kept => kept;
  try {
    return make();
  } finally {
    Object.freeze = freeze;
  }
}
