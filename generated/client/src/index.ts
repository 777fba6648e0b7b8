export * from "./core/index.js";
export * from "./verticals/education/index.js";
