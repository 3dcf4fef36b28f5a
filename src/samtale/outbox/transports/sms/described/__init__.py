"""A gateway that speaks HTTP, described by a file: gateway:///path/to/gateway.toml

`docs/sms-gateway.md` says what may stand in the file.
"""
