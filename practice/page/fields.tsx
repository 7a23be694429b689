import { Children, type ReactNode } from "react";
import { pageMutation } from "./config.ts";

/** The fields of a form section, in the page's order: as written, or shuffled by the `hard` mutation. */
export const Fields = ({ children, salt }: { children: ReactNode; salt: string }) => (
  <>{pageMutation().shuffle(Children.toArray(children), salt)}</>
);
