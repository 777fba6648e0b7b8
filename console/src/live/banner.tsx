/** What is wrong with the spec that was saved last, or that nothing answers any more. */

import { Icon } from "../ui/icons";
import { useLive } from "./store";

export function DiagnosticsBanner() {
  const { diagnostics, connected } = useLive();
  return (
    <div aria-live="polite">
      {!connected && (
        <section className="banner" aria-label="Connection">
          <div className="banner-head">
            <Icon name="alert" />
            <h2>The local API does not answer.</h2>
            <span>Is nexus-gen dev still running? This page connects again by itself.</span>
          </div>
        </section>
      )}
      {diagnostics.length > 0 && (
        <section className="banner" aria-label="Problems of the spec">
          <div className="banner-head">
            <Icon name="alert" />
            <h2>
              {diagnostics.length === 1 ? "The spec has a problem." : `The spec has ${diagnostics.length} problems.`}
            </h2>
            <span>The last good API is still served; nothing you typed is lost.</span>
          </div>
          {diagnostics.map((diagnostic, position) => (
            <pre key={position}>{diagnostic.rendered}</pre>
          ))}
        </section>
      )}
    </div>
  );
}
