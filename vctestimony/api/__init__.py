"""HTTP for programs. Nothing is offered yet; pages and commands are the doors."""
