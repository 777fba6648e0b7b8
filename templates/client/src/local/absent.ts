/** What bundles have for `/local` that are not made with the condition `development`. */

import type * as local from "./index.js";

export type { LocalOptions, LocalSession } from "./index.js";

/** Rejects: nobody signs in to `nexus-gen dev` from a bundle for production. */
export const signIn: typeof local.signIn = () =>
  Promise.reject(new Error("The client's entry /local is absent from bundles for production."));
