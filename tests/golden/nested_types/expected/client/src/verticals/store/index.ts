export * from "./parcel.js";
