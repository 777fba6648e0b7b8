# Tables that are there already and become ours. Once they are in the state these blocks do nothing.
import {
  to = module.nexus.module.store.aws_dynamodb_table.store
  id = "acme-${var.nexus.environment}-products"
}
