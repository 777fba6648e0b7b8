"""The library that generated Lambda handlers import.

It holds everything that no spec can change: tenants and keys, DynamoDB behind one narrow module,
conditional requests, cursors, idempotency, problems, logs. Its only dependency is boto3, which
Lambda's Python runtime brings along.
"""
