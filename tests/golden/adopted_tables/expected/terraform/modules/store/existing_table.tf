# The table as it is before an apply. What does not fit would be replaced, and its items lost.
data "aws_dynamodb_table" "store" {
  name = "acme-${var.environment}-products"

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
      condition     = alltrue([for index in self.global_secondary_index : can(regex("^gsi[0-9]+$", index.name))])
      error_message = "An apply would drop indexes of the table ${self.name}, which has ${join(", ", self.global_secondary_index[*].name)}."
    }

    postcondition {
      condition     = length(self.local_secondary_index) == 0 && length(self.replica) == 0
      error_message = "The table ${self.name} has local indexes or replicas. An apply would replace it, or drop the replicas."
    }

    postcondition {
      condition     = alltrue([for ttl in self.ttl : ttl.attribute_name == "ttl" if ttl.enabled])
      error_message = "The table ${self.name} expires items by another attribute than ttl, which AWS does not change in one step."
    }
  }
}
