/** Where the boxes and lines of the entity diagram go. */

import { graphlib, layout } from "@dagrejs/dagre";

import type { EntityMetadata, Metadata } from "@client/core/index";

import { capitalized, places, withArticle } from "../model/entities";

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** An entity; x and y are its upper left corner, in pixels. */
export interface Box extends Point {
  readonly entity: EntityMetadata;
  readonly width: number;
  readonly height: number;
}

export interface Edge {
  readonly key: string;
  readonly label: string;
  /** The other end lies within this one, not only refers to it. */
  readonly owned: boolean;
  /** SVG path data, from who refers to what is referred to. */
  readonly path: string;
  readonly end: Point;
  /** Where the label stands. */
  readonly at: Point;
  readonly sentence: string;
}

export interface Diagram {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly Box[];
  readonly edges: readonly Edge[];
}

export const HEAD = 38;
export const ROW = 24;
const WIDTH = 208;
const MARGIN = 28;

interface Relation {
  readonly from: EntityMetadata;
  readonly to: string;
  readonly label: string;
  readonly owned: boolean;
  readonly sentence: string;
}

export function layOut(model: Metadata): Diagram {
  const entities = places(model).map(({ entity }) => entity);
  const relations = entities.flatMap((entity) => relationsOf(entity, entities));
  const graph = new graphlib.Graph({ multigraph: true });
  graph.setGraph({ rankdir: "RL", nodesep: 36, ranksep: 56, marginx: MARGIN, marginy: MARGIN });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const entity of entities) {
    const height = HEAD + Math.max(entity.fields.length, 1) * ROW + 8;
    graph.setNode(entity.key, { width: WIDTH, height });
  }
  for (const relation of relations) {
    graph.setEdge(
      relation.from.key,
      relation.to,
      { width: relation.label.length * 7.2 + 10, height: 20, labelpos: "c" },
      relation.label,
    );
  }
  layout(graph);
  const size = graph.graph() as { width?: number; height?: number };
  return {
    width: Math.ceil(size.width ?? 0),
    height: Math.ceil(size.height ?? 0),
    boxes: entities.map((entity) => boxOf(entity, graph.node(entity.key) as Box)),
    edges: relations.map((relation) => edgeOf(relation, graph)),
  };
}

function relationsOf(entity: EntityMetadata, entities: readonly EntityMetadata[]): Relation[] {
  const named = (key: string): string =>
    entities.find((candidate) => candidate.key === key)?.label ?? key;
  const parent = entity.parents.at(-1)?.entity;
  const owner =
    parent === undefined
      ? []
      : [
          {
            from: entity,
            to: parent,
            label: "within",
            owned: true,
            sentence: `${capitalized(entity.pluralLabel)} lie within ${withArticle(named(parent))} and go with it.`,
          },
        ];
  const references = entity.fields
    .filter((field) => entities.some(({ key }) => key === field.to))
    .map((field) => ({
      from: entity,
      to: field.to ?? "",
      label: field.name,
      owned: false,
      sentence: `${capitalized(withArticle(entity.label))} refers to ${withArticle(
        named(field.to ?? ""),
      )} as “${field.label}”, ${FATES[field.onDelete ?? "restrict"]}`,
    }));
  return [...owner, ...references];
}

const FATES = {
  restrict: "which cannot be deleted while it is referred to.",
  cascade: "and is deleted with it.",
  detach: "and lets go of it when that is deleted.",
};

function boxOf(entity: EntityMetadata, node: Box): Box {
  return {
    entity,
    x: node.x - node.width / 2,
    y: node.y - node.height / 2,
    width: node.width,
    height: node.height,
  };
}

function edgeOf(relation: Relation, graph: graphlib.Graph): Edge {
  const drawn = graph.edge(relation.from.key, relation.to, relation.label) as {
    points: readonly Point[];
  };
  const points = drawn.points;
  const end = points.at(-1) ?? { x: 0, y: 0 };
  const line = points.length <= BETWEEN_NEIGHBOURS ? swing(points) : smooth(points);
  return {
    key: `${relation.from.key} ${relation.label} ${relation.to}`,
    label: relation.label,
    owned: relation.owned,
    path: line.path,
    end,
    at: line.middle,
    sentence: relation.sentence,
  };
}

/** Points of a line between boxes of neighbouring columns, where nothing stands in its way. */
const BETWEEN_NEIGHBOURS = 5;

interface Line {
  readonly path: string;
  /** A point of the line, about half way. */
  readonly middle: Point;
}

/** One curve that leaves and arrives level. */
function swing(points: readonly Point[]): Line {
  const from = points[0] ?? { x: 0, y: 0 };
  const to = points.at(-1) ?? from;
  const half = (from.x + to.x) / 2;
  return {
    path: `M${from.x} ${from.y}C${half} ${from.y} ${half} ${to.y} ${to.x} ${to.y}`,
    middle: { x: half, y: (from.y + to.y) / 2 },
  };
}

/** A line through points, bent instead of broken: quadratic curves between their middles. */
function smooth(points: readonly Point[]): Line {
  const middles = points.slice(1).map((point, position) => {
    const before = points[position] ?? point;
    return { x: (before.x + point.x) / 2, y: (before.y + point.y) / 2 };
  });
  const first = points[0] ?? { x: 0, y: 0 };
  const last = points.at(-1) ?? first;
  const curves = middles.slice(1).map((to, position) => {
    const over = points[position + 1] ?? to;
    return `Q${over.x} ${over.y} ${to.x} ${to.y}`;
  });
  const start = middles[0] ?? first;
  return {
    path: `M${first.x} ${first.y}L${start.x} ${start.y}${curves.join("")}L${last.x} ${last.y}`,
    middle: middles[Math.floor(middles.length / 2)] ?? first,
  };
}
