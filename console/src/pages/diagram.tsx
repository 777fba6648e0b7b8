/** Entities and their relations, drawn; and the same in words for those who do not see it. */

import { useMemo } from "react";
import { useHref } from "react-router";

import { capitalized } from "../model/entities";
import { useModel } from "../session/context";
import { type Box, type Edge, HEAD, layOut, ROW } from "./diagram-layout";

export default function DiagramPage() {
  const model = useModel();
  const diagram = useMemo(() => layOut(model), [model]);
  return (
    <div className="page">
      <header className="page-head">
        <div className="page-title">
          <h1>Diagram</h1>
          <p>A filled diamond owns what lies within it; an arrow points to what a field refers to.</p>
        </div>
      </header>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls */}
      <div className="diagram" role="region" aria-label="Entities and their relations" tabIndex={0}>
        <svg
          width={diagram.width}
          height={diagram.height}
          viewBox={`0 0 ${diagram.width} ${diagram.height}`}
          role="group"
          aria-label="Diagram"
        >
          <defs>
            <marker id="tip" markerWidth="9" markerHeight="9" refX="8" refY="4.5" orient="auto">
              <path className="tip" d="M0 0 9 4.5 0 9z" />
            </marker>
          </defs>
          {diagram.edges.map((edge) => (
            <Relation key={edge.key} edge={edge} />
          ))}
          {diagram.boxes.map((box) => (
            <EntityBox key={box.entity.key} box={box} />
          ))}
        </svg>
      </div>
      <section className="section">
        <div className="section-head">
          <h2>Relations</h2>
        </div>
        <ul className="entries">
          {diagram.edges.map((edge) => (
            <li key={edge.key}>{edge.sentence}</li>
          ))}
          {diagram.edges.length === 0 && <li className="muted">No entity refers to another.</li>}
        </ul>
      </section>
    </div>
  );
}

function EntityBox({ box }: { readonly box: Box }) {
  const { entity, x, y, width, height } = box;
  const isRoot = entity.parents.length === 0;
  const href = useHref(entity.paths.collection);
  const head = (
    <>
      <rect className="head" width={width} height={HEAD} rx="8" />
      <text className="name" x="14" y="25">
        {capitalized(entity.label)}
      </text>
    </>
  );
  return (
    <g className="box" transform={`translate(${x} ${y})`}>
      <rect className="frame" width={width} height={height} rx="8" />
      {isRoot ? <a href={href}>{head}</a> : head}
      <path className="rule" d={`M0 ${HEAD}H${width}`} />
      {entity.fields.map((field, position) => (
        <g key={field.name} transform={`translate(0 ${HEAD + position * ROW + 19})`}>
          <text x="14">
            {field.name}
            {field.required ? "*" : ""}
          </text>
          <text className="type" x={width - 14}>
            {field.type}
          </text>
        </g>
      ))}
    </g>
  );
}

function Relation({ edge }: { readonly edge: Edge }) {
  const { path, label, at, owned } = edge;
  return (
    <g aria-hidden="true">
      <path className="edge" d={path} markerEnd={owned ? undefined : "url(#tip)"} />
      {owned && <Diamond at={edge.end} />}
      <rect
        className="edge-label-ground"
        x={at.x - label.length * 3.6 - 3}
        y={at.y - 9}
        width={label.length * 7.2 + 6}
        height={16}
        rx="3"
      />
      <text className="edge-label" x={at.x} y={at.y + 3}>
        {label}
      </text>
    </g>
  );
}

function Diamond({ at }: { readonly at: { readonly x: number; readonly y: number } }) {
  return <path className="tip" d={`M${at.x} ${at.y}l7 -5 7 5 -7 5z`} />;
}
