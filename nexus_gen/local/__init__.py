"""The generated API on this machine: an emulator process, the gateway and the functions."""
