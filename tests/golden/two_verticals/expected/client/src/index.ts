export * from "./core/index.js";
export * from "./verticals/help-desk/index.js";
export * from "./verticals/store/index.js";
