export * from "./product.js";
