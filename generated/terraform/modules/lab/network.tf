# The subnets must lead to DynamoDB, KMS and STS: through VPC endpoints or a NAT gateway, which are core's.
resource "aws_security_group" "function" {
  name        = local.function_name
  description = "Function ${local.function_name}: HTTPS out, nothing in"
  vpc_id      = var.vpc_id
}

resource "aws_vpc_security_group_egress_rule" "https" {
  security_group_id = aws_security_group.function.id
  description       = "AWS APIs"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = "0.0.0.0/0"
}
