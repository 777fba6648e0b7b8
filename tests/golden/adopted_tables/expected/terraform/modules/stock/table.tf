# The table is there already and stays its owner's. It must have the keys and indexes that the handlers use.
data "aws_dynamodb_table" "stock" {
  name = local.name

  lifecycle {
    postcondition {
      condition     = self.hash_key == "pk" && self.range_key == "sk"
      error_message = "The table ${self.name} has the keys ${join(", ", compact([self.hash_key, self.range_key]))}, not pk and sk."
    }

    postcondition {
      condition     = alltrue([for key in self.attribute : key.type == "S" if contains(["pk", "sk", "gsi1pk", "gsi1sk"], key.name)])
      error_message = "Keys of the table ${self.name} must be strings: ${join(", ", [for key in self.attribute : "${key.name} is ${key.type}"])}."
    }

    postcondition {
      condition = alltrue([
        for index in self.global_secondary_index :
        index.hash_key == "${index.name}pk" && index.range_key == "${index.name}sk" && index.projection_type == "ALL"
        if contains(["gsi1"], index.name)
      ])
      error_message = "An index gsiN of the table ${self.name} must have the keys gsiNpk and gsiNsk, and all attributes."
    }

    postcondition {
      condition     = length(setsubtract(["gsi1"], self.global_secondary_index[*].name)) == 0
      error_message = "The table ${self.name} lacks the indexes ${join(", ", setsubtract(["gsi1"], self.global_secondary_index[*].name))}."
    }

    postcondition {
      condition     = anytrue([for ttl in self.ttl : ttl.enabled && ttl.attribute_name == "ttl"])
      error_message = "The table ${self.name} must expire items by the attribute ttl."
    }
  }
}

locals {
  # Its owner's key, where it has one.
  table_key_arn = coalesce(one(data.aws_dynamodb_table.stock.server_side_encryption[*].kms_key_arn), var.data_key_arn)
}
