import "./styles/index.css";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { HashRouter } from "react-router";

import { App } from "./app";
import { SessionProvider } from "./session/context";
import { applyTheme } from "./ui/theme";

applyTheme();

const queries = new QueryClient({ defaultOptions: { queries: { staleTime: 5_000 } } });
const root = document.getElementById("root");
if (root === null) {
  throw new Error("The page has no #root.");
}
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <HashRouter>
        <SessionProvider>
          <App />
        </SessionProvider>
      </HashRouter>
    </QueryClientProvider>
  </StrictMode>,
);
