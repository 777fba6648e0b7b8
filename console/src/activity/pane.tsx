/** What the page in front asked of the API, and what the API asked of DynamoDB for it. */

import { useLocation } from "react-router";

import type { AwsCall } from "../live/local";
import { clearExchanges, type PageExchange, useLive } from "../live/store";
import { Button } from "../ui/controls";

/** Requests of the page in front, newest first. */
function usePageExchanges(): PageExchange[] {
  const { exchanges } = useLive();
  const { pathname } = useLocation();
  return exchanges.filter(({ page }) => page === `#${pathname}`).reverse();
}

function dynamoCalls(exchanges: readonly PageExchange[]): number {
  return exchanges.reduce(
    (sum, { calls }) => sum + calls.filter(({ service }) => service === "dynamodb").length,
    0,
  );
}

function amount(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? "" : "s"}`;
}

export function ActivityButton(props: { readonly open: boolean; readonly onPress: () => void }) {
  const exchanges = usePageExchanges();
  return (
    <Button look="quiet" small icon="wave" aria-expanded={props.open} onPress={props.onPress}>
      <span className="tabular">
        {amount(exchanges.length, "request")}
        <span className="wide-only"> · {amount(dynamoCalls(exchanges), "DynamoDB call")}</span>
      </span>
    </Button>
  );
}

export function ActivityPane({ onClose }: { readonly onClose: () => void }) {
  const exchanges = usePageExchanges();
  return (
    <aside className="activity" aria-label="Requests of this page">
      <div className="activity-head">
        <h2>Requests</h2>
        <span className="muted small tabular">
          {amount(exchanges.length, "request")}, {amount(dynamoCalls(exchanges), "call")}
        </span>
        <span className="end">
          <Button look="quiet" small onPress={clearExchanges}>
            Clear
          </Button>
          <Button look="quiet" small icon="close" aria-label="Close" onPress={onClose} />
        </span>
      </div>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls */}
      <ol className="activity-list" tabIndex={0} aria-label="Newest first">
        {exchanges.map((exchange) => (
          <ExchangeEntry key={exchange.id} exchange={exchange} />
        ))}
        {exchanges.length === 0 && (
          <li className="exchange muted">What this page asks of the API appears here.</li>
        )}
      </ol>
    </aside>
  );
}

function ExchangeEntry({ exchange }: { readonly exchange: PageExchange }) {
  const tone = exchange.status < 400 ? "status-ok" : "status-bad";
  return (
    <li className="exchange">
      <div className="exchange-line">
        <span className="method">{exchange.method}</span>
        <span className="path">{decodeURI(exchange.path)}</span>
        <span className={tone}>{exchange.status}</span>
        <span className="muted">{exchange.ms.toFixed(1)} ms</span>
      </div>
      {exchange.calls.length > 0 && (
        <ul className="calls">
          {exchange.calls.map((call, position) => (
            <Call key={position} call={call} />
          ))}
        </ul>
      )}
    </li>
  );
}

function Call({ call }: { readonly call: AwsCall }) {
  return (
    <li>
      <b>{call.operation}</b>
      <span className="muted">{call.service === "dynamodb" ? (call.index ?? "table") : call.service}</span>
      {call.items !== undefined && <span className="muted">{amount(call.items, "item")}</span>}
      <span className="ms muted">{call.ms.toFixed(1)} ms</span>
      {call.keys?.map((key) => (
        <span className="key" key={key}>
          {key}
        </span>
      ))}
    </li>
  );
}
