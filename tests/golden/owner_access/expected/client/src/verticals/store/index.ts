export * from "./wish.js";
