"""The core of another company: modules, `count` and `for_each`, where the example has none."""

from __future__ import annotations

from pathlib import Path

REFERENCES = {
    "rest_api": "module.api.rest_api",
    "stage": "module.api.invoke_url",
    "authorizer": "module.api.authorizer_id",
    "user_pool": "aws_cognito_user_pool.main[0]",
    "user_pool_arn": "aws_cognito_user_pool.main[0]",
    "user_pool_client": 'aws_cognito_user_pool_client.apps["spa"]',
    "vpc": 'module.net["main"].vpc_id',
    "subnets": 'module.net["main"].subnets.private[*].id',
}
"""What the backend needs -> where this core has it."""

ROOT = """\
terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

variable "environment" {
  type = string
}

variable "subnet_ids" {
  type    = list(string)
  default = ["subnet-1"]
}

resource "aws_cognito_user_pool" "main" {
  count = 1
  name  = "people"
}

resource "aws_cognito_user_pool_client" "apps" {
  for_each     = toset(["spa", "my phone"])
  name         = each.key
  user_pool_id = aws_cognito_user_pool.main[0].id
}

resource "aws_vpc" "one" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "counted" {
  count      = 2
  vpc_id     = aws_vpc.one.id
  cidr_block = "10.0.${count.index}.0/24"
}

resource "aws_subnet" "keyed" {
  for_each   = toset(["10.0.8.0/24", "10.0.9.0/24"])
  vpc_id     = aws_vpc.one.id
  cidr_block = each.key
}

resource "aws_subnet" "single" {
  vpc_id     = aws_vpc.one.id
  cidr_block = "10.0.7.0/24"
}

data "aws_vpc" "found" {
  default = true
}

data "aws_subnets" "found" {
}

locals {
  network = { vpc = { id = aws_vpc.one.id }, subnets = [aws_subnet.single.id] }
}

module "api" {
  source   = "./modules/api"
  name     = "aws-devops-${var.environment}-ai-nexus-api"
  pool_arn = aws_cognito_user_pool.main[0].arn
}

module "net" {
  source   = "./modules/net"
  for_each = toset(["main", "spare"])
}
"""

API = """\
variable "name" {
  type = string
}

variable "pool_arn" {
  type = string
}

resource "aws_api_gateway_rest_api" "this" {
  name = var.name
}

resource "aws_api_gateway_authorizer" "this" {
  name          = "people"
  type          = "COGNITO_USER_POOLS"
  rest_api_id   = aws_api_gateway_rest_api.this.id
  provider_arns = [var.pool_arn]
}

resource "aws_api_gateway_deployment" "this" {
  rest_api_id = aws_api_gateway_rest_api.this.id
}

resource "aws_api_gateway_stage" "this" {
  rest_api_id   = aws_api_gateway_rest_api.this.id
  deployment_id = aws_api_gateway_deployment.this.id
  stage_name    = "live"
}

output "rest_api" {
  value = aws_api_gateway_rest_api.this
}

output "invoke_url" {
  value = aws_api_gateway_stage.this.invoke_url
}

output "authorizer_id" {
  value = aws_api_gateway_authorizer.this.id
}
"""

NET = """\
resource "aws_vpc" "this" {
  cidr_block = "10.1.0.0/16"
}

resource "aws_subnet" "private" {
  count      = 2
  vpc_id     = aws_vpc.this.id
  cidr_block = "10.1.${count.index}.0/24"
}

output "vpc_id" {
  value = aws_vpc.this.id
}

output "subnets" {
  value = { private = aws_subnet.private }
}
"""

TYPED = """\
variable "vpc_id" {
  type = string
}

variable "subnet_ids" {
  type = list(string)
}
"""


def write_core(folder: Path) -> Path:
    """The core's root, with a module `typed` that takes what the backend takes of a network."""
    files = {
        "main.tf": ROOT,
        "modules/api/main.tf": API,
        "modules/net/main.tf": NET,
        "typed/main.tf": TYPED,
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder
