import type { Metadata } from "./core/index.js";

/** The whole product as data, for user interfaces that make lists and forms from it. */
export const model = {
  product: "shop",
  environments: ["dev"],
  tenantClaim: "custom:organization_id",
  roles: { admin: "Runs it", member: "Uses it" },
  verticals: {
    store: {
      name: "store",
      label: "Store",
      description: "${file(\"/etc/passwd\")} %{ if true } \"\"\" */ | `x` <b> \\ # noqa\nsecond line",
      entities: {
        Product: {
          key: "store.Product",
          name: "Product",
          plural: "Products",
          label: "product",
          pluralLabel: "products",
          description: "It's \"quoted\" \"\"\" + ${var.x} \\N{DASH} {{ view.x }} {% raw %}",
          paths: { collection: "/store/products", item: "/store/products/{product_id}" },
          idParameter: "product_id",
          defaults: { name: "${x} \"q\" 'p' \\", kind: "${c}" },
          parents: [],
          operations: ["list", "create", "get"],
          fields: [
            {
              name: "name",
              label: "Name",
              type: "string",
              description: "# checkov:skip=CKV_AWS_1: ' \" \\",
              maxLength: 240,
              required: false,
              immutable: false,
              default: "${x} \"q\" 'p' \\",
            },
            {
              name: "kind",
              label: "Kind",
              type: "enum",
              values: ["a\"b", "${c}", "d'e"],
              required: false,
              immutable: false,
              default: "${c}",
            },
          ],
          unique: [],
          indexes: [],
          queries: [{ filters: [], sorts: ["created_at"] }],
          access: {
            read: { roles: ["member"], owner: false },
            create: { roles: ["member"], owner: false },
          },
          softDelete: null,
          ifMatchRequired: false,
          related: [],
        },
      },
    },
  },
} as const satisfies Metadata;
