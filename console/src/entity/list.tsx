/** A list that an index serves, page after page as the reader scrolls. */

import { type EntityMetadata, useEntityList } from "@client/core/index";
import { type ReactNode, useEffect, useRef } from "react";

import type { AnyItem } from "../form/merge";
import { collectionPath } from "../model/entities";
import { isComplete, type ListChoice, servingIndex, sparseSort, toQuery } from "../model/queries";
import { Button } from "../ui/controls";
import { Failure, Skeleton } from "../ui/states";
import { ItemTable } from "./table";

export interface EntityListProps {
  readonly entity: EntityMetadata;
  readonly parents: Readonly<Record<string, string>>;
  readonly choice: ListChoice;
  readonly caption: string;
  readonly empty: ReactNode;
  readonly onSort?: ((sort: string) => void) | undefined;
  readonly actions?: ((item: AnyItem) => ReactNode) | undefined;
  readonly hidden?: string | undefined;
}

export function EntityList(props: EntityListProps) {
  const { entity, parents, choice, empty } = props;
  const list = useEntityList(entity, parents, toQuery(choice), { enabled: isComplete(choice) });
  if (!isComplete(choice)) {
    return <div className="state">Choose a value to filter by.</div>;
  }
  if (list.isPending) {
    return <Skeleton lines={6} />;
  }
  const items = list.data?.items ?? [];
  if (list.isError && items.length === 0) {
    return <Failure error={list.error} retry={() => void list.refetch()} />;
  }
  if (items.length === 0) {
    return <>{empty}</>;
  }
  return (
    <>
      <ItemTable {...props} items={items} />
      <More
        count={items.length}
        label={items.length === 1 ? entity.label : entity.pluralLabel}
        hasMore={list.hasNextPage}
        isBusy={list.isFetchingNextPage}
        failed={list.isFetchNextPageError}
        onMore={() => void list.fetchNextPage()}
      />
    </>
  );
}

interface MoreProps {
  readonly count: number;
  readonly label: string;
  readonly hasMore: boolean;
  readonly isBusy: boolean;
  readonly failed: boolean;
  readonly onMore: () => void;
}

/** Fetches the next page when it comes into sight; a button does the same by keyboard. */
function More({ count, label, hasMore, isBusy, failed, onMore }: MoreProps) {
  const foot = useRef<HTMLDivElement>(null);
  const waiting = hasMore && !isBusy && !failed;
  useEffect(() => {
    if (!waiting || foot.current === null) {
      return undefined;
    }
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) {
          onMore();
        }
      },
      { rootMargin: "240px" },
    );
    observer.observe(foot.current);
    return () => observer.disconnect();
  }, [waiting, onMore]);
  return (
    <div className="list-foot" ref={foot}>
      <span role="status" className="tabular">
        {failed ? "The next page did not come." : `${count} ${label}${hasMore ? " so far" : ""}`}
      </span>
      {hasMore && (
        <Button small isPending={isBusy} onPress={onMore}>
          {failed ? "Try again" : "Load more"}
        </Button>
      )}
    </div>
  );
}

/** The request behind a list, and what answers it. */
export function ApiLine(props: {
  readonly entity: EntityMetadata;
  readonly parents: Readonly<Record<string, string>>;
  readonly choice: ListChoice;
}) {
  const { entity, parents, choice } = props;
  const search = new URLSearchParams(
    Object.entries(toQuery(choice)).map(([name, value]) => [name, String(value)]),
  );
  const index = servingIndex(entity, choice);
  const sparse = sparseSort(entity, choice);
  return (
    <p className="api-line">
      <b>GET</b>
      <span>{`${collectionPath(entity, parents)}?${search.toString()}`}</span>
      <span>{index === undefined ? "from the table" : `from index ${index}`}</span>
      {sparse !== undefined && <span>· only {entity.pluralLabel} with a value in “{sparse}”</span>}
    </p>
  );
}
