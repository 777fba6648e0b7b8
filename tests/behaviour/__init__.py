"""The generated handlers, driven as API Gateway drives them, on moto."""
