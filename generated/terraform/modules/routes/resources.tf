# A resource cannot refer to another instance of its own block, so each depth of the tree is a block of its own.
locals {
  # Every path and every prefix of one, split into where it hangs and what it adds.
  nodes = {
    for path in distinct(flatten([
      for path in keys(var.routes) : [
        for depth in range(2, length(split("/", path)) + 1) : join("/", slice(split("/", path), 0, depth))
      ]
    ])) : path => regex("^(?P<parent>.*)/(?P<part>[^/]+)$", path)
  }

  depths = { for path in keys(local.nodes) : path => length(split("/", path)) - 1 }

  resources = merge(
    aws_api_gateway_resource.depth_1,
    aws_api_gateway_resource.depth_2,
    aws_api_gateway_resource.depth_3,
    aws_api_gateway_resource.depth_4,
    aws_api_gateway_resource.depth_5,
    aws_api_gateway_resource.depth_6,
  )
}

resource "aws_api_gateway_resource" "depth_1" {
  for_each = { for path, node in local.nodes : path => node if local.depths[path] == 1 }

  rest_api_id = var.rest_api.id
  parent_id   = var.rest_api.root_resource_id
  path_part   = each.value.part
}

resource "aws_api_gateway_resource" "depth_2" {
  for_each = { for path, node in local.nodes : path => node if local.depths[path] == 2 }

  rest_api_id = var.rest_api.id
  parent_id   = aws_api_gateway_resource.depth_1[each.value.parent].id
  path_part   = each.value.part
}

resource "aws_api_gateway_resource" "depth_3" {
  for_each = { for path, node in local.nodes : path => node if local.depths[path] == 3 }

  rest_api_id = var.rest_api.id
  parent_id   = aws_api_gateway_resource.depth_2[each.value.parent].id
  path_part   = each.value.part
}

resource "aws_api_gateway_resource" "depth_4" {
  for_each = { for path, node in local.nodes : path => node if local.depths[path] == 4 }

  rest_api_id = var.rest_api.id
  parent_id   = aws_api_gateway_resource.depth_3[each.value.parent].id
  path_part   = each.value.part
}

resource "aws_api_gateway_resource" "depth_5" {
  for_each = { for path, node in local.nodes : path => node if local.depths[path] == 5 }

  rest_api_id = var.rest_api.id
  parent_id   = aws_api_gateway_resource.depth_4[each.value.parent].id
  path_part   = each.value.part
}

resource "aws_api_gateway_resource" "depth_6" {
  for_each = { for path, node in local.nodes : path => node if local.depths[path] == 6 }

  rest_api_id = var.rest_api.id
  parent_id   = aws_api_gateway_resource.depth_5[each.value.parent].id
  path_part   = each.value.part
}
