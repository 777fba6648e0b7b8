/** Light or dark: as the system prefers, unless the reader chose. */

import { useEffect, useState } from "react";

export type Theme = "light" | "dark";

const KEY = "console.theme";
const DARK = window.matchMedia("(prefers-color-scheme: dark)");

function chosen(): Theme | undefined {
  const theme = localStorage.getItem(KEY);
  return theme === "light" || theme === "dark" ? theme : undefined;
}

function current(): Theme {
  return chosen() ?? (DARK.matches ? "dark" : "light");
}

/** Dress the document before anything is drawn. */
export function applyTheme(theme: Theme = current()): void {
  document.documentElement.dataset["theme"] = theme;
}

/** The theme, and a way to choose the other. */
export function useTheme(): [Theme, () => void] {
  const [theme, setTheme] = useState(current);
  useEffect(() => {
    applyTheme(theme);
  }, [theme]);
  useEffect(() => {
    const follow = (): void => setTheme(current());
    DARK.addEventListener("change", follow);
    return () => DARK.removeEventListener("change", follow);
  }, []);
  const toggle = (): void => {
    const other = theme === "dark" ? "light" : "dark";
    localStorage.setItem(KEY, other);
    setTheme(other);
  };
  return [theme, toggle];
}
