export * from "./ticket.js";
