"""What sets the project up, builds it, serves it and runs its tests. `make help` lists the commands."""
