export * from "./line.js";
export * from "./order.js";
