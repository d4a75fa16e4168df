"""Rules of scopes in Python."""
