import { emptyState, type RegistrarState, type RememberedProvider } from '../state/index.ts';

/** The state while it is being changed: an open state file, or memory. */
export interface StateHandle {
  /** Absolute path; undefined for one that is kept in memory only. */
  readonly file: string | undefined;
  readonly state: RegistrarState;
  save(providers: readonly RememberedProvider[]): Promise<RegistrarState>;
}

/** A state that ends with the process: for scripts that register once and remember nothing. */
export function memoryState(tenantUrl: string): StateHandle {
  let state = emptyState(tenantUrl);
  return {
    file: undefined,
    get state() {
      return state;
    },
    save: (providers) => {
      state = { ...state, serial: state.serial + 1, providers };
      return Promise.resolve(state);
    },
  };
}
