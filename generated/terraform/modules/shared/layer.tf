locals {
  layer_package = "${var.packages_dir}/runtime-layer.zip"
}

resource "aws_lambda_layer_version" "runtime" {
  layer_name               = "${var.prefix}-runtime"
  description              = "nexus_runtime, the library that the functions import"
  filename                 = local.layer_package
  source_code_hash         = filebase64sha256(local.layer_package)
  compatible_runtimes      = ["python3.13"]
  compatible_architectures = ["arm64"]
}
