/** The frame around every page: navigation, who is signed in, what is going on. */

import { type ReactNode, useEffect, useRef, useState } from "react";
import { NavLink, useLocation } from "react-router";

import { ActivityButton, ActivityPane } from "../activity/pane";
import { DiagnosticsBanner } from "../live/banner";
import { useLive } from "../live/store";
import { useIdentity, useModel } from "../session/context";
import { hueOf } from "../session/tokens";
import { UserMenu, useSwitch } from "../session/user-menu";
import { Button } from "./controls";
import { Navigation } from "./navigation";
import { Palette } from "./palette";
import { useTheme } from "./theme";

export function Shell({ crumbs, children }: { crumbs: ReactNode; children: ReactNode }) {
  const identity = useIdentity();
  const { pathname } = useLocation();
  const [navigation, setNavigation] = useState({ open: false, at: pathname });
  const [activity, setActivity] = useState(false);
  const [theme, toggleTheme] = useTheme();
  const { leave } = useSwitch();
  const open = navigation.open && navigation.at === pathname;
  const other = theme === "dark" ? "light" : "dark";
  const commands = [
    { group: "Do", name: `Use the ${other} theme`, run: toggleTheme },
    {
      group: "Do",
      name: `${activity ? "Hide" : "Show"} requests and DynamoDB calls`,
      run: () => setActivity(!activity),
    },
    { group: "Do", name: "Sign out", run: () => void leave() },
  ];
  const hue = { "--tenant-hue": hueOf(identity.organization) } as React.CSSProperties;
  return (
    <div className="shell tenant" style={hue}>
      <a className="skip-link" href="#main" onClick={skipToMain}>
        Skip to content
      </a>
      <Side open={open} />
      {open && (
        <button
          type="button"
          className="side-scrim"
          aria-label="Close navigation"
          onClick={() => setNavigation({ open: false, at: pathname })}
        />
      )}
      <div className="main">
        <header className="top">
          <span className="menu-button">
            <Button
              look="quiet"
              icon="menu"
              aria-label="Navigation"
              aria-expanded={open}
              onPress={() => setNavigation({ open: !open, at: pathname })}
            />
          </span>
          <nav className="crumbs" aria-label="Breadcrumb">
            <ol>{crumbs}</ol>
          </nav>
          <div className="top-end">
            <Palette commands={commands} />
            <ActivityButton open={activity} onPress={() => setActivity(!activity)} />
            <Button
              look="quiet"
              icon={other}
              aria-label={`Use the ${other} theme`}
              onPress={toggleTheme}
            />
          </div>
        </header>
        <DiagnosticsBanner />
        <PageScroll>{children}</PageScroll>
      </div>
      {activity && <ActivityPane onClose={() => setActivity(false)} />}
    </div>
  );
}

function skipToMain(event: React.MouseEvent): void {
  event.preventDefault();
  document.getElementById("main")?.focus();
}

/** The scrolling part; a new page begins at its top. */
function PageScroll({ children }: { readonly children: ReactNode }) {
  const { pathname } = useLocation();
  const main = useRef<HTMLElement>(null);
  useEffect(() => {
    main.current?.scrollTo(0, 0);
  }, [pathname]);
  return (
    <main id="main" ref={main} className="page-scroll" tabIndex={-1}>
      {children}
    </main>
  );
}

function Side({ open }: { readonly open: boolean }) {
  const model = useModel();
  const { environment } = useLive();
  return (
    <aside className="side" data-open={open || undefined} aria-label="Sidebar">
      <div className="side-head">
        <NavLink to="/" className="brand">
          {model.product}
        </NavLink>
        <span className="brand-env">{environment}</span>
      </div>
      <nav className="side-scroll" aria-label="Main">
        <Navigation />
      </nav>
      <div className="side-foot">
        <UserMenu />
      </div>
    </aside>
  );
}
